import assert from "node:assert/strict";
import { test } from "node:test";
import { type Expression, Life, type Pose } from "./life";
import { seededRandom } from "./random";

const frame = 1 / 60;

function live(pose: Pose, seconds: number, seen: (now: Expression, time: number) => void = () => {}, seed = 7): Life {
  const life = new Life(seededRandom(seed));
  life.pose = pose;
  for (let time = 0; time < seconds; time += frame) {
    life.step(frame);
    seen(life.now, time);
  }
  return life;
}

test("Blinks come by chance: about as often as people's, never in a beat, and short", () => {
  const starts: number[] = [];
  let shutFrames = 0;
  let wasOpen = true;
  live("speaking", 600, ({ lids }, time) => {
    if (lids < 0.5) shutFrames++;
    if (wasOpen && lids < 0.5) starts.push(time);
    wasOpen = lids >= 0.5;
  });
  const waits = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  assert.ok(mean > 2 && mean < 5, `${mean} s between blinks`);
  assert.ok(Math.max(...waits) - Math.min(...waits) > 3);
  assert.ok((shutFrames * frame) / starts.length < 0.25);
});

test("Two lives of one seed are alike, two of different seeds are not", () => {
  assert.deepEqual(live("speaking", 30).now, live("speaking", 30).now);
  assert.notEqual(JSON.stringify(live("speaking", 30).now), JSON.stringify(live("speaking", 30, undefined, 8).now));
});

test("It looks at the student while it listens, up and aside while it thinks, mostly at the student while it speaks", () => {
  const share = (pose: Pose, claim: (now: Expression) => boolean) => {
    let fitting = 0;
    let all = 0;
    live(pose, 300, (now, time) => {
      if (time < 1) return;
      all++;
      if (claim(now)) fitting++;
    });
    return fitting / all;
  };
  const atStudent = ({ gazeX, gazeY }: Expression) => Math.hypot(gazeX, gazeY) < 0.15;
  assert.equal(share("listening", atStudent), 1);
  assert.ok(share("thinking", ({ gazeX, gazeY }) => gazeY < -0.4 && Math.abs(gazeX) > 0.4) > 0.85);
  const speaking = share("speaking", atStudent);
  assert.ok(speaking > 0.7 && speaking < 0.98, `${speaking}`);
});

test("Nothing leaves its range or jumps but eyes and lids, in any pose", () => {
  for (const pose of ["idle", "listening", "thinking", "speaking"] as const) {
    let before: Expression | null = null;
    live(pose, 120, (now) => {
      for (const part of ["lids", "breath", "smile", "ponder"] as const) assert.ok(now[part] >= 0 && now[part] <= 1, `${pose} ${part} ${now[part]}`);
      for (const part of ["gazeX", "gazeY", "browLeft", "browRight"] as const) assert.ok(Math.abs(now[part]) <= 1, `${pose} ${part} ${now[part]}`);
      assert.ok(Math.abs(now.tilt) < 6 && Math.hypot(now.headX, now.headY) < 6);
      for (const part of ["headX", "headY", "tilt", "breath", "smile", "browLeft"] as const) assert.ok(!before || Math.abs(now[part] - before[part]) < 0.5, `${pose} ${part}`);
      before = { ...now };
    });
  }
});

test("A question raises the brows, a stressed word lowers the head", () => {
  const moved = (kind: "question" | "stress" | null) => {
    const life = live("speaking", 1);
    if (kind) life.cue(kind);
    for (let i = 0; i < 10; i++) life.step(frame);
    return life.now;
  };
  assert.ok(moved("question").browLeft - moved(null).browLeft > 0.3);
  assert.ok(moved("stress").headY - moved(null).headY > 0.4);
});
