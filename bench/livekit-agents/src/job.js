// What a worker starts for one session, in a process of its own. There is no room: the framework's fake jobs need none.
import { defineAgent } from '@livekit/agents';
import { readFileSync, writeFileSync } from 'node:fs';
import { Figures } from './figures.js';
import { converse } from './student.js';

export default defineAgent({
  entry: async (ctx) => {
    const { scriptFile, number, reportFile, endsAt } = JSON.parse(ctx.job.metadata);
    const script = JSON.parse(readFileSync(scriptFile, 'utf8'));
    const figures = new Figures();
    await converse(script, { ...script.parts[number], startMs: 0 }, performance.now() + endsAt - Date.now(), figures);
    writeFileSync(reportFile, JSON.stringify(figures));
  },
});
