"use strict";
// Text of a message and of an answer becomes text nodes only, never markup.
const WORDS = {
  fa: {
    title: "پیش از ارسال بپرسید", lead: "پیام سپاس را این‌جا بگذارید؛ هر قلم کددار با ابلاغیهٔ ۱۹۲۷/۱۱۰/د و فهرست روز سنجیده می‌شود.",
    message: "پیام", drop: "پیام را بچسبانید یا پرونده را روی کادر رها کنید،", choose: "یا پرونده‌ای برگزینید.",
    day: "روز ارسال", day_hint: "روز جلالی مانند 1401/12/20؛ اگر خالی بماند، روز سرویس: ", send: "بسنج", edit: "ویرایش پیام", show_private: "نمایش بخش Person",
    result: "نتیجه", nothing_yet: "پس از سنجش، قلم‌های نادرست همین‌جا و در متن پیام نشان داده می‌شوند.",
    developers: "برای برنامه‌نویس", api: "همین پاسخ را از برنامه هم می‌توان گرفت، به شکل ValidationResultVO نیز (shape=sepas):",
    privacy: "هیچ چیز از پیام ذخیره یا ثبت نمی‌شود و این صفحه جز این سرویس با جایی سخن نمی‌گوید.",
    other: "English", working: "در حال سنجش…", lost: "سرویس پاسخ نداد. اجرای sepas-dq serve را بررسی کنید.",
    passed: (n) => `پذیرفته است: هر ${n} قلم سنجیده‌شده درست است.`, none: "در این پیام قلمی نبود که قاعده‌ای دربارهٔ آن بپرسد.",
    refused: (n, all) => `رد می‌شود: ${n} قلم نادرست از ${all} قلم سنجیده‌شده.`,
    early: (n, all) => `در این روز رد نمی‌شود، ولی ${n} قلم از ${all} قلم سنجیده‌شده نادرست است.`,
    unjudged: (n) => `${n} قلم سنجیده نشد، چون فهرستی برای آن بارگذاری نشده است.`,
    about: (service, day, items, privates) => `سرویس ${service} · به فهرست روز ${day} · ${items} قلم کددار · ${privates} قلم در بخش Person که خوانده نشد`,
    beware: (lists) => `هشدار: فهرست رسمی ${lists} بارگذاری نشده و فهرست جانشین به کار رفته است؛ «ناشناخته» و «ناهمخوانی عنوان» در آن‌ها چیزی را ثابت نمی‌کند.`,
    sent: "فرستاده شد:", blank: "خالی", suggested: "کد پیشنهادی:", line: (l, c) => `سطر ${l}، ستون ${c}`, by: { facility: "مرکز درمانی", vendor: "شرکت نرم‌افزاری", ministry: "وزارت" },
    repaired_by: "اصلاح با", rule: (row, day) => `ردیف ${row} ابلاغیه، از ${day}`, wide: "جای دیگر همان فهرست؛ برای این جا رد نمی‌شود", from: (day) => `رد از ${day}`,
    masked: "بخش Person پنهان است", jump: (n) => `رفتن به قلم شمارهٔ ${n} در متن`, marked: (n, name) => `قلم شمارهٔ ${n}: ${name}`, annotated: "متن پیام با قلم‌های نشان‌دار",
    unmarked: "جای این قلم در متن پیدا نشد.", error: "خوانده نشد.",
  },
  en: {
    title: "Ask before sending", lead: "Put a SEPAS message here; every coded item is judged by letter 1927/110/د and the lists of the day.",
    message: "Message", drop: "Paste the message, drop a file on the box,", choose: "or choose a file.",
    day: "Day of sending", day_hint: "A Jalali day such as 1401/12/20; blank means the day of the service: ", send: "Judge", edit: "Edit the message", show_private: "Show Person",
    result: "Result", nothing_yet: "Once judged, failing items are shown here and marked in the message.",
    developers: "For developers", api: "A program gets the same answer, also as ValidationResultVO (shape=sepas):",
    privacy: "Nothing of a message is stored or logged, and this page talks to this service alone.",
    other: "فارسی", working: "Judging…", lost: "The service did not answer. See whether sepas-dq serve is running.",
    passed: (n) => `Accepted: all ${n} judged items are right.`, none: "No rule asks about any item of this message.",
    refused: (n, all) => `Refused: ${n} of ${all} judged items are wrong.`, early: (n, all) => `Not refused on this day, but ${n} of ${all} judged items are wrong.`,
    unjudged: (n) => `${n} items were not judged, because no list is loaded for them.`,
    about: (service, day, items, privates) => `Service ${service} · lists of ${day} · ${items} coded items · ${privates} items below Person, not read`,
    beware: (lists) => `Beware: the official list of ${lists} is not loaded; under a stand-in, “unknown” and “title mismatch” prove nothing.`,
    sent: "Sent:", blank: "blank", suggested: "Suggested code:", line: (l, c) => `line ${l}, column ${c}`, by: { facility: "facility", vendor: "vendor", ministry: "ministry" },
    repaired_by: "repaired by the", rule: (row, day) => `row ${row} of the letter, from ${day}`, wide: "the same list elsewhere; not refused for this place", from: (day) => `refused from ${day}`,
    masked: "Person is hidden", jump: (n) => `Go to item ${n} in the text`, marked: (n, name) => `Item ${n}: ${name}`, annotated: "The message with its items marked",
    unmarked: "The place of this item in the text was not found.", error: "Could not be read.",
  },
};
const $ = (id) => document.getElementById(id);
let language = "fa", today = "", answer = null, failure = null, text = "";
try { language = localStorage.getItem("language") === "en" ? "en" : "fa"; } catch { /* storage is off */ }
const words = () => WORDS[language];
const number = (value) => (language === "fa" ? String(value).replace(/[0-9]/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[d]) : String(value));

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function speak() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "fa" ? "rtl" : "ltr";
  document.title = `${words().title} · sepas-dq`;
  for (const one of document.querySelectorAll("[data-t]")) one.textContent = words()[one.dataset.t];
  $("day-hint").textContent = words().day_hint + (today ? number(today) : "…");
  $("language").textContent = words().other;
  $("language").lang = language === "fa" ? "en" : "fa";
  $("text").setAttribute("aria-label", words().message);
  $("annotated").setAttribute("aria-label", words().annotated);
  $("curl").textContent = `curl --data-binary @message.xml "${location.origin}/v1/messages?on=1401/12/20"\ncurl --data-binary @message.xml "${location.origin}/v1/messages?shape=sepas"`;
  show();
}

const kind = (finding) => (finding.refusing ? "bad" : "early");

function verdict() {
  const { counts } = answer;
  const wrong = counts.failed;
  if (counts.refusing) return ["bad", words().refused(number(wrong), number(counts.judged))];
  if (wrong) return ["early", words().early(number(wrong), number(counts.judged))];
  if (counts.not_judged) return ["early", words().unjudged(number(counts.not_judged))];
  return counts.judged ? ["good", words().passed(number(counts.judged))] : ["early", words().none];
}

function show() {
  const summary = $("summary"), list = $("findings");
  if (failure) {
    summary.replaceChildren(element("p", { className: "verdict bad" }, failure.message?.[language] ?? words().error), element("p", {}, failure.next?.[language] ?? ""),
      failure.detail ? element("p", { className: "small" }, element("bdi", { dir: "ltr" }, failure.detail)) : "");
    list.replaceChildren();
    return;
  }
  if (!answer) return;
  const [tone, said] = verdict();
  const stand = [...new Set(answer.lists.filter((one) => one.synthetic || one.partial).map((one) => one.terminology))];
  summary.replaceChildren(
    element("p", { className: `verdict ${tone}` }, said),
    element("p", { className: "small" }, words().about(answer.service, number(answer.judged_on.jalali), number(answer.counts.items), number(answer.counts.private))),
    stand.length ? element("p", { className: "beware" }, words().beware(stand.join(language === "fa" ? "، " : ", "))) : "");
  list.replaceChildren(...answer.findings.map(card));
  annotate();
}

function code(value, extra = "") {
  return value ? element("bdi", { className: `code ${extra}`, dir: "auto" }, value) : element("em", {}, words().blank);
}

function suggestions(finding) {
  const ranked = (finding.suggestions ?? []).slice(0, 3);
  if (!ranked.length) return finding.suggested_code ? element("p", {}, words().suggested, " ", code(finding.suggested_code, "new")) : null;
  return element("ul", { className: "ranked" }, element("li", { className: "small" }, words().suggested), ...ranked.map((one) => element("li", {}, code(one.code, "new"), " ", element("bdi", {}, one.title), " ", element("span", { className: "small" }, one.text[language]))));
}

function card(finding, index) {
  const { rule, sent } = finding;
  const at = finding.at ? words().line(number(finding.at.line), number(finding.at.column)) : words().unmarked;
  const when = finding.reading === "wide" ? words().wide : finding.refusing ? null : finding.outcome === "error" ? null : words().from(number(rule.starts_on.jalali));
  const jump = element("button", { type: "button", onclick: () => focusMark(index) }, number(index + 1));
  jump.setAttribute("aria-label", words().jump(number(index + 1)));
  const item = element("li", { className: kind(finding), id: `finding-${index}`, tabIndex: -1 },
    element("h3", {}, jump, finding.outcome_name[language], element("bdi", { className: "small", dir: "ltr" }, rule.terminology), when ? element("span", { className: "small" }, when) : ""),
    element("p", {}, `${finding.reason[language]} ${finding.repair[language]}`),
    element("p", { className: "sent" }, words().sent, " ", code(sent.code), " ", code(sent.title), " ", code(sent.terminology_id)),
    suggestions(finding),
    element("p", { className: "small" }, `${at} · ${words().rule(number(rule.row), number(rule.starts_on.jalali))} · ${words().repaired_by} ${words().by[finding.responsible] ?? ""} · `,
      element("bdi", { dir: "ltr" }, finding.location)));
  return item;
}

/** The text cut at every mark; Person replaced by a word unless it is to be shown. */
function annotate() {
  const hidden = $("private").checked ? [] : (answer.private ?? []).map((at) => ({ ...at, hide: true }));
  const right = (answer.passed_items ?? []).filter((one) => one.at).map((one) => ({ ...one.at, good: true }));
  const wrong = answer.findings.map((finding, index) => ({ ...finding.at, finding, index })).filter((one) => one.start !== undefined);
  const marks = [...hidden, ...wrong, ...right].sort((a, b) => a.start - b.start || b.end - a.end);
  const shown = document.createDocumentFragment();
  let done = 0;
  for (const mark of marks) {
    if (mark.start < done) continue; // below what is hidden or marked already
    shown.append(text.slice(done, mark.start));
    shown.append(mark.hide ? element("span", { className: "masked" }, words().masked) : marked(mark));
    done = mark.end;
  }
  shown.append(text.slice(done));
  $("annotated").replaceChildren(shown);
  $("private-box").hidden = !(answer.private ?? []).length;
}

function marked(mark) {
  const inside = text.slice(mark.start, mark.end);
  if (mark.good) return element("mark", { className: "good" }, inside);
  const name = words().marked(number(mark.index + 1), mark.finding.outcome_name[language]);
  const made = element("mark", { className: kind(mark.finding), id: `mark-${mark.index}`, tabIndex: 0, title: name, onclick: () => focusCard(mark.index) },
    element("sup", {}, number(mark.index + 1)), inside);
  made.setAttribute("role", "button");
  made.setAttribute("aria-label", name);
  made.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); focusCard(mark.index); } });
  return made;
}

function light(index) {
  for (const one of document.querySelectorAll(".now")) one.classList.remove("now");
  for (const id of [`mark-${index}`, `finding-${index}`]) $(id)?.classList.add("now");
}
function focusMark(index) { light(index); const mark = $(`mark-${index}`); mark?.scrollIntoView({ block: "center" }); mark?.focus({ preventScroll: true }); }
function focusCard(index) { light(index); const one = $(`finding-${index}`); one?.scrollIntoView({ block: "nearest" }); one?.focus({ preventScroll: true }); }

async function judge(event) {
  event?.preventDefault();
  text = $("text").value;
  $("send").disabled = true;
  $("findings").replaceChildren();
  $("summary").replaceChildren(element("p", { className: "hint" }, words().working));
  answer = failure = null;
  const query = new URLSearchParams({ places: "true" });
  const day = $("on").value.trim().replace(/[۰-۹]/g, (d) => "۰۱۲۳۴۵۶۷۸۹".indexOf(d));
  if (day) query.set("on", day);
  try {
    const response = await fetch(`/v1/messages?${query}`, { method: "POST", body: text, headers: { "content-type": "text/plain;charset=UTF-8" } });
    const said = await response.json();
    if (response.ok) { answer = said; advise(query, said); } else failure = said.error;
  } catch {
    failure = { message: { fa: WORDS.fa.lost, en: WORDS.en.lost }, next: { fa: "", en: "" } };
  }
  $("send").disabled = false;
  if (answer) { $("form").hidden = true; $("shown").hidden = false; }
  show();
  if (answer) { $("annotated").scrollTop = 0; if (answer.findings.length) $("annotated").focus({ preventScroll: true }); }
}

/** Ranked suggestions take longer than verdicts: they are asked for second and added when they come. */
async function advise(query, first) {
  if (!first.findings.length) return;
  query.set("advice", "true");
  try {
    const response = await fetch(`/v1/messages?${query}`, { method: "POST", body: text, headers: { "content-type": "text/plain;charset=UTF-8" } });
    if (!response.ok || answer !== first) return;
    const held = document.activeElement?.id;
    answer = await response.json();
    show();
    if (held) $(held)?.focus({ preventScroll: true });
  } catch { /* the verdicts stand without */ }
}

function edit() { $("form").hidden = false; $("shown").hidden = true; $("text").focus(); }

async function take(file) {
  if (!file) return;
  const bytes = await file.arrayBuffer();
  const head = new Uint8Array(bytes.slice(0, 2));
  let name = head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : "utf-8";
  let read;
  try { read = new TextDecoder(name, { fatal: true }).decode(bytes); } catch { read = new TextDecoder("windows-1256").decode(bytes); }
  $("text").value = read.replace(/\0+$/, "");
  edit();
}

$("form").addEventListener("submit", judge);
$("text").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) judge(event); });
$("on").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) judge(event); });
$("edit").addEventListener("click", edit);
$("private").addEventListener("change", annotate);
$("file").addEventListener("change", (event) => take(event.target.files[0]));
$("language").addEventListener("click", () => {
  language = language === "fa" ? "en" : "fa";
  try { localStorage.setItem("language", language); } catch { /* storage is off */ }
  speak();
});
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    $("text").classList.toggle("over", name === "dragover");
    if (name === "drop") take(event.dataTransfer.files[0]);
  });
}
speak();
fetch("/v1/health").then((response) => response.json()).then((said) => { today = said.today; speak(); }).catch(() => {});
