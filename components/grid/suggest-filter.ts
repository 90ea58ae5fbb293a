export interface Suggestion {
  /** The whole filter once it is taken. */
  text: string
  shown: string
  help: string
}

interface Known {
  words: Readonly<Record<string, string>>
  values: Readonly<Record<string, readonly string[]>>
}

const MOST = 8

/** What could stand at the end of a filter that is being typed: words first, then a word's values. */
export function suggestFor(text: string, { words, values }: Known): Suggestion[] {
  const start = text.lastIndexOf(' ') + 1
  const before = text.slice(0, start)
  const token = text.slice(start)
  const minus = token.startsWith('-') ? '-' : ''
  const body = token.slice(minus.length)
  const colon = body.indexOf(':')
  if (colon < 0)
    return Object.entries(words)
      .filter(([word]) => word.startsWith(body.toLowerCase()))
      .map(([word, help]) => ({
        text: `${before}${minus}${word}:`,
        shown: `${minus}${word}:`,
        help,
      }))
  const word = body.slice(0, colon).toLowerCase()
  const list = body.slice(colon + 1)
  const comma = list.lastIndexOf(',') + 1
  const typed = list.slice(comma).toLowerCase()
  const taken = new Set(list.split(','))
  return (values[word] ?? [])
    .filter((it) => it.toLowerCase().includes(typed) && !taken.has(it))
    .slice(0, MOST)
    .map((it) => ({
      text: `${before}${minus}${word}:${list.slice(0, comma)}${it} `,
      shown: it,
      help: word,
    }))
}
