import fc from 'fast-check'

/** What can happen in a namespace. `a` and `b` choose among whom there is when it happens. */
const WEIGHTS = {
  /** A process starts under an id: a first life, a new one under an old id, or it takes up a replacement. */
  start: 4,
  /** A process does something; also one that was taken for dead, stopped and went on, was replaced. */
  act: 3,
  store: 4,
  /** A process says that a work item is done, whether or not it holds it. */
  complete: 3,
  /** A process leaves in grace. */
  leave: 1,
  send: 4,
  broadcast: 3,
  /** An earlier signal is sent again under its key, or other content under the same. */
  repeat: 2,
  /** A process answers the next signal that is pending for it. */
  answer: 6,
  /** A process answers once more what it, or another before it under its id, has answered. */
  again: 2,
  /** A process says that what it has acknowledged is done. */
  finish: 2,
  cancel: 2,
  /** The time of a signal runs out. */
  expire: 2,
  /** A coordinator is silent for longer than its threshold. */
  die: 4,
  escalate: 4,
  /** Nobody came for a replacement in time. */
  miss: 1,
} as const

export type Happening = keyof typeof WEIGHTS

export interface Operation {
  readonly does: Happening
  readonly a: number
  readonly b: number
}

const operation: fc.Arbitrary<Operation> = fc.record({
  does: fc.oneof(
    ...Object.entries(WEIGHTS).map(([does, weight]) => ({
      weight,
      arbitrary: fc.constant(does as Happening),
    })),
  ),
  a: fc.nat(29),
  b: fc.nat(29),
})

/** Operations that happen at the same time. Of one alone it is known beforehand what must come of it. */
export type Step = readonly Operation[]

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(operation) },
  { weight: 1, arbitrary: fc.array(operation, { minLength: 2, maxLength: 5 }) },
)

/** What happens, from the first process on. */
export const history = (maxLength: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(step, { minLength: 5, maxLength, size: 'max' })

/** For the report of a failure: one line a step. */
export const inWords = (steps: readonly Step[]) =>
  steps.map((it) => it.map(({ does, a, b }) => `${does} ${a} ${b}`).join(' | ')).join('\n')
