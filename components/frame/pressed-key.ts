/** What of a key press tells which key it was. */
interface KeyPressed {
  key: string
  /** Its place on the keyboard, such as `KeyJ`. */
  code: string
  shiftKey: boolean
}

/**
 * The key as the bindings name it, whatever the layout and the caps lock. On a layout whose letters are
 * not Latin, the place of the key tells: there the Latin letter is printed beside the other.
 */
export function pressedKey({ key, code, shiftKey }: KeyPressed): string {
  if (key.length !== 1 || shiftKey) return key
  if (/\p{Script=Latin}/u.test(key)) return key.toLowerCase()
  const place = /^Key([A-Z])$/.exec(code)?.[1]
  return place !== undefined && /\p{L}/u.test(key) ? place.toLowerCase() : key
}
