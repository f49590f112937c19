import assert from "node:assert/strict";
import { test } from "node:test";
import { fragmentAddress } from "./fragment";

const page = "https://school.example/classroom/1";

test("A cited paragraph is asked for at its lesson's address", () => {
  assert.equal(
    fragmentAddress("/courses/c/l?revision=3#p-1", "1/2", page),
    "https://school.example/courses/c/l/paragraphs/1%2F2",
  );
});

test("A paragraph of another host is not fetched into the page", () => {
  assert.equal(fragmentAddress("https://evil.example/l", "p-1", page), null);
});
