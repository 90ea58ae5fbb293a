import type { Status } from '@/lib/protocol/liveness'

/** The families of colour; `tokens.css` gives each its lamp and its ink. */
export type Tone = 'active' | 'blocked' | 'stale' | 'dead' | 'escalated' | 'off' | 'ivory'

export interface StatusLook {
  tone: Tone
  /** One letter, so that a state needs neither colour nor shape. */
  letter: string
  word: string
}

/** State is shape, letter and colour, never colour alone. */
export const statusLooks: Record<Status, StatusLook> = {
  active: { tone: 'active', letter: 'A', word: 'active' },
  blocked: { tone: 'blocked', letter: 'B', word: 'blocked' },
  stale: { tone: 'stale', letter: 'L', word: 'stale' },
  dead: { tone: 'dead', letter: 'D', word: 'dead' },
  escalated: { tone: 'escalated', letter: 'E', word: 'escalated' },
  starting: { tone: 'ivory', letter: 'S', word: 'starting' },
  failed: { tone: 'dead', letter: 'F', word: 'failed' },
  stopped: { tone: 'off', letter: 'O', word: 'stopped' },
  unknown: { tone: 'off', letter: '?', word: 'unknown' },
}
