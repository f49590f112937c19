// Stands in for the server: tickets, paragraphs and one scripted conversation.
const asked = new URLSearchParams(location.search);
const scene = asked.get("scene") ?? "talk";
document.documentElement.classList.toggle("dark", asked.get("theme") === "dark");
if (asked.has("rtl")) {
  document.documentElement.dir = "rtl";
  document.querySelector("script[data-texts]").textContent = JSON.stringify({ Send: "إرسال", Stop: "توقف", Repeat: "أعد", Slower: "أبطأ", End: "إنهاء", Connected: "متصل", "Time left": "الوقت المتبقي", "Quiz me": "اختبرني", "Give me an example": "أعطني مثالا", "Explain that more simply": "اشرح ذلك ببساطة", "What comes next?": "ماذا بعد؟", "Quoted from the course": "مقتبس من المقرر" });
}

const offer = { out: asked.get("speech") === "own" ? null : { formats: ["pcm16", "mulaw"], sampleRate: 22050 }, in: asked.get("speech") === "own" ? null : { formats: ["pcm16", "mulaw"], sampleRate: 16000 }, recognition: true };
const citation = (label, section, quote) => ({ label, paragraph: `p-${label}`, lesson: { slug: "m", title: "The cell membrane" }, section, quote, url: `/courses/cell-biology/the-cell-membrane#p-${label}` });
const arabic = asked.has("rtl");
const turns = [
  { turn: 0, question: null, answer: { outcome: "completed", text: arabic ? "مرحبا، أنا آدا. ماذا تود أن تعرف عن غشاء الخلية؟" : "Hello, I'm Ada. What would you like to know about the cell membrane?", phrases: 1, citations: [], grounded: "none" } },
  { turn: 1, question: { id: "a", text: arabic ? "مم يتكون الغشاء؟" : "What is a membrane made of?" }, answer: { outcome: "completed", text: arabic ? "يتكون أساسا من طبقة مزدوجة من الدهون [1]، وفيها بروتينات تعمل كأبواب [2]." : "Mostly of a double layer of phospholipids: each has a head that likes water and two tails that avoid it, so the tails turn inward and the heads face the water on both sides [1].\n\nSet into this layer are proteins. Some of them are channels, which let particular ions through [2].", phrases: 1, grounded: "quoted", citations: [citation(1, arabic ? "طبقة مزدوجة" : "A double layer", "The tails turn inward, away from the water, and the heads face the water on both sides."), citation(2, arabic ? "ما الذي يمر" : "What gets through", "Channel proteins let particular ions through.")] } },
  { turn: 2, question: { id: "b", text: "Why doesn't salt simply pass through?" }, answer: { outcome: "stopped", text: "Because the middle of the membrane is oily, and charged particles ", phrases: 1, citations: [], grounded: "none" } },
];

const realFetch = window.fetch;
let tickets = 0;
window.fetch = async (address, options) => {
  const url = String(address);
  if (url.includes("/ticket")) {
    if (scene === "offline" && tickets++ > 0) throw new TypeError("no network");
    return Response.json({ ticket: "t" });
  }
  if (url.includes("/paragraphs/"))
    return new Response("<p>Phospholipids are the building blocks of every membrane in the cell.</p><p><mark>Put into water, they arrange themselves: the tails turn inward, away from the water, and the heads face the water on both sides.</mark></p><p onclick='x()'>Nothing has to hold the layer together; it heals itself when it is torn.</p><script>document.title='broken'</script>");
  return realFetch(address, options);
};

window.WebSocket = class extends EventTarget {
  constructor() {
    super();
    this.seq = Date.now();
    setTimeout(() => this.dispatchEvent(new Event("open")), 20);
  }
  tell(frame) {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify({ seq: ++this.seq, ...frame }) }));
  }
  close() {}
  send(text) {
    if (typeof text !== "string") return this.hear(text);
    const frame = JSON.parse(text);
    (window.sent ??= []).push({ at: performance.now(), ...frame });
    if (frame.type === "audio" || frame.audio) this.agree(frame.audio ?? frame);
    if (frame.type === "hello") {
      const ends = scene === "start" ? 1800e3 : 742e3;
      this.tell({ type: "ready", session: "s", serverTime: new Date().toISOString(), endsAt: new Date(Date.now() + ends).toISOString(), idleMinutes: 5, messagesLeft: 96, teacher: { slug: "ada", name: "Ada" }, title: "The cell membrane", resumed: false, ...(asked.has("speech") && { audio: offer }), turns: scene === "start" ? turns.slice(0, 1) : turns });
      if (scene === "talk") this.answer("c", "And why does water get through, then?");
      if (scene === "source") setTimeout(() => document.querySelector(".classroom-source").click(), 50);
      if (scene === "offline") setTimeout(() => { this.dispatchEvent(new CloseEvent("close", { code: 1006 })); setTimeout(() => { document.querySelector("textarea").value = "Does water need a channel, too?"; document.querySelector("form").requestSubmit(); }, 700); }, 100);
      if (scene === "ended") this.tell({ type: "ended", reason: "time", summaryUrl: "/conversations/s" });
    }
    if (frame.type === "say") this.answer(frame.id, frame.text);
    if (frame.type === "end") this.tell({ type: "ended", reason: "student", summaryUrl: "/conversations/s" });
    if (frame.type === "ping") this.tell({ type: "pong", t: frame.t });
    if (frame.type === "stop") this.stopped = true;
  }
  answer(id, text) {
    const turn = (this.turn = (this.turn ?? 2) + 1);
    this.stopped = false;
    this.tell({ type: "question", turn, id, text });
    this.tell({ type: "state", value: "thinking" });
    const phrases = ["Water molecules are small ", "and carry no charge, ", "so a few slip between the lipids. ", "Most of them, though, ", "use channels of their own, the aquaporins [1]."];
    let said = "";
    const next = () => {
      const index = 5 - phrases.length;
      const phrase = phrases.shift();
      if (phrase && !this.stopped) {
        if (index === 0) this.tell({ type: "state", value: "speaking" });
        said += phrase;
        this.tell({ type: "phrase", turn, index, text: phrase, pace: 1, ...(this.out && { utterance: turn }) });
        if (this.out && this.out.format !== "own") return this.speak(turn, index, phrase, next);
        return setTimeout(next, 500);
      }
      this.tell({ type: "answer", turn, outcome: this.stopped ? "stopped" : "completed", text: said, citations: this.stopped ? [] : [citation(1, "What gets through", "Most water passes through aquaporins.")], grounded: "model" });
      this.tell({ type: "state", value: "listening" });
    };
    setTimeout(next, 700);
  }
  agree(wish) {
    const out = wish.out && { format: wish.out, sampleRate: wish.out === "own" ? 0 : 22050 };
    this.out = out;
    this.tell({ type: "audio", out, in: wish.in && { format: wish.in, sampleRate: wish.in === "own" ? 0 : 16000 } });
  }
  /** A hum for each word: what is seen can be told from what is heard. */
  speak(turn, index, phrase, next) {
    const from = (this.from = index === 0 ? 0 : this.from);
    const words = [...phrase.matchAll(/\w+/g)].map((word, i) => [from + i * 300, word.index, word[0].length]);
    const ms = words.length * 300;
    this.tell({ type: "speech", turn, utterance: turn, index, fromMs: from, ms, words, visemes: words.flatMap(([at]) => [[at, 10], [at + 150, 1]]) });
    const samples = Int16Array.from({ length: Math.round(ms * 22.05) }, (_, i) => (i % 6615 < 5000 ? 3000 * Math.sin(i / 20) : 0));
    for (let i = 0; i < samples.length; i += 2205) {
      const part = samples.subarray(i, i + 2205);
      const frame = new ArrayBuffer(12 + 2 * part.length);
      const view = new DataView(frame);
      view.setUint8(0, 1);
      view.setUint32(4, turn, true);
      view.setUint32(8, Math.round(from * 22.05) + i, true);
      new Int16Array(frame, 12).set(part);
      this.dispatchEvent(new MessageEvent("message", { data: frame }));
    }
    this.from += ms;
    setTimeout(next, ms);
  }
  hear(frame) {
    (window.heard ??= []).push(frame.byteLength);
    if (window.heard.length % 25 === 3) this.tell({ type: "hearing", value: window.heard.length % 50 === 3 ? "speech" : "words" });
  }
};
