import { number } from '../harness/table'

/** One measured figure, and what it should be. */
export interface BoardFigure {
  readonly name: string
  readonly value: number | undefined
  readonly unit: string
  /** Absent where nothing is asked for. */
  readonly goal?: { readonly text: string; readonly holds: (value: number) => boolean }
}

export const below = (limit: number, unit: string): NonNullable<BoardFigure['goal']> => ({
  text: `under ${limit} ${unit}`.trim(),
  holds: (value) => value < limit,
})
export const atMost = (limit: number, unit: string): NonNullable<BoardFigure['goal']> => ({
  text: `at most ${limit} ${unit}`.trim(),
  holds: (value) => value <= limit,
})
export const atLeast = (limit: number, unit: string): NonNullable<BoardFigure['goal']> => ({
  text: `at least ${limit} ${unit}`.trim(),
  holds: (value) => value >= limit,
})

export interface BoardSection {
  readonly name: string
  readonly title: string
  readonly note: string
  readonly figures: readonly BoardFigure[]
}

export function holds({ value, goal }: BoardFigure): boolean | undefined {
  return goal === undefined || value === undefined ? undefined : goal.holds(value)
}

export function boardTable({ title, note, figures }: BoardSection): string {
  const lines = [`## ${title}`, '', note, '', '| | measured | goal | holds |', '|---|---|---|---|']
  for (const figure of figures) {
    const { name, value, unit, goal } = figure
    const measured = value === undefined ? 'not measured' : `${number(value)} ${unit}`.trim()
    const verdict = holds(figure)
    const word = verdict === undefined ? '' : verdict ? 'yes' : '**no**'
    lines.push(`| ${name} | ${measured} | ${goal?.text ?? ''} | ${word} |`)
  }
  return `${lines.join('\n')}\n`
}
