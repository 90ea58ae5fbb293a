import { type KeyBinding, keyBindings } from './key-bindings'

/** What of a key press decides. */
export interface KeyPress {
  key: string
  mod: boolean
  alt: boolean
  /** The person is typing into something, or a window is open over the board. */
  busy: boolean
  /** The person wants no letter to act by itself. */
  quiet: boolean
}

export interface KeyMatch {
  binding?: KeyBinding
  /** Keys pressed so far that could become a binding, such as `g`. */
  pending: readonly string[]
}

/** Which binding a press completes, after `pending`. Keys with modifiers belong to the browser, but for ours. */
export function matchKeys(
  press: KeyPress,
  pending: readonly string[],
  bindings: readonly KeyBinding[] = keyBindings,
): KeyMatch {
  if (press.alt) return { pending: [] }
  const key = press.mod ? `Mod+${press.key}` : press.key
  const usable = bindings.filter(
    (it) => (it.always || !press.busy) && !(press.quiet && it.keys.some(isCharacter)),
  )
  for (const sequence of pending.length > 0 ? [[...pending, key], [key]] : [[key]]) {
    const found = usable.find(
      (it) => it.keys.length === sequence.length && it.keys.every((k, at) => k === sequence[at]),
    )
    if (found) return { binding: found, pending: [] }
    const begins = usable.some(
      (it) => it.keys.length > sequence.length && sequence.every((k, at) => k === it.keys[at]),
    )
    if (begins) return { pending: sequence }
  }
  return { pending: [] }
}

function isCharacter(key: string): boolean {
  return key.length === 1 && key !== ' '
}
