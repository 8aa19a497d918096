// Evaluates Digdag's ${…} with moment 2.21 in node's vm. The process runs with TZ set to the workflow's time zone.
// One request per line: {"entries": [[name, value], …]} in Digdag's merge order, "local": names only the task itself
// has, and if wanted "text", a template to evaluate after them. One answer per line: {"values": {…}, "text"?} or {"error": "…"}.
'use strict'
const vm = require('node:vm')
const readline = require('node:readline')
const moment = require('moment')

function closingBrace(text, start) {
  let depth = 1
  for (let i = start; i < text.length; i++) {
    if (text[i] === '{') depth++
    if (text[i] === '}' && --depth === 0) return i
  }
  return -1
}

function asText(value) {
  if (typeof value === 'string') return value
  return value === null || value === undefined ? '' : JSON.stringify(value)
}

function evaluateText(text, scope) {
  if (!text.includes('$')) return text
  let out = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '$') out += text[i]
    else if (text[i + 1] === '$') {
      out += '$'
      i++
    } else if (text[i + 1] !== '{' || /^[a-z]+:/.test(text.slice(i + 2))) out += '$'
    else {
      const end = closingBrace(text, i + 2)
      if (end < 0) return out + text.slice(i)
      const code = text.slice(i + 2, end)
      if (/=>|`|\b(let|const|class|Date\.now|new Date\(\))/.test(code)) throw new Error(`not ES5, or reads the clock: ${code}`)
      out += asText(vm.runInNewContext(`(${code})`, { moment, ...scope }))
      i = end
    }
  }
  return out
}

function evaluateValue(value, scope, raw) {
  if (typeof value === 'string') return evaluateText(value, scope)
  if (Array.isArray(value)) return value.map((item) => evaluateValue(item, scope, raw))
  if (value === null || typeof value !== 'object') return value
  // Inside a nested object only the raw outer values are visible.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluateValue(item, raw, raw)]))
}

function answer({ entries, local, text }) {
  const raw = Object.fromEntries(entries)
  // Exports do not see names that only the task itself has.
  let scope = Object.fromEntries(entries.filter(([key]) => !local.includes(key)))
  // Each value sees the earlier ones evaluated and the later ones raw.
  for (const [key, value] of entries) {
    if (local.includes(key)) scope = { ...raw, ...scope }
    scope[key] = evaluateValue(value, scope, raw)
  }
  return text === undefined ? { values: scope } : { values: scope, text: evaluateText(text, scope) }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  let reply
  try {
    reply = answer(JSON.parse(line))
  } catch (error) {
    reply = { error: String(error) }
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`)
})
