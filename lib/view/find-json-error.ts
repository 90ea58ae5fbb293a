const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a string
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/**
 * Where a text stops being JSON, as an offset; its length when it only ends too early, undefined
 * when it is JSON. Engines tell it in their own words or not at all, so that it is found here.
 */
export function findJsonError(input: string): number | undefined {
  // What may come next: a value, a key, or what follows a value.
  const open: ('{' | '[')[] = []
  let expect: 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'after' | 'end' = 'value'
  let at = skipSpace(input, 0)
  while (at < input.length) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(input)?.[0]
    if (token === undefined) return at
    const next = step(token)
    if (next === undefined) return at
    expect = next
    at = skipSpace(input, at + token.length)
  }
  return expect === 'end' ? undefined : input.length

  function step(token: string): typeof expect | undefined {
    const first = token[0] ?? ''
    const empty = expect === 'first-value' || expect === 'first-key'
    if (first === '}' || first === ']') {
      const mine = open.at(-1) === (first === '}' ? '{' : '[')
      if (!mine || !(expect === 'after' || empty)) return undefined
      open.pop()
      return open.length === 0 ? 'end' : 'after'
    }
    switch (expect) {
      case 'key':
      case 'first-key':
        return first === '"' ? 'colon' : undefined
      case 'colon':
        return first === ':' ? 'value' : undefined
      case 'after':
        if (first !== ',') return undefined
        return open.at(-1) === '{' ? 'key' : 'value'
      case 'end':
        return undefined
      default:
        if (first === ',' || first === ':') return undefined
        if (first !== '{' && first !== '[') return open.length === 0 ? 'end' : 'after'
        open.push(first)
        return first === '{' ? 'first-key' : 'first-value'
    }
  }
}

function skipSpace(input: string, from: number): number {
  let at = from
  while (at < input.length && ' \t\n\r'.includes(input[at] ?? '')) at++
  return at
}
