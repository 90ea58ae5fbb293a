import type { BenchContext } from './context'
import { type JudgedGoal, judgeGoals } from './judge-goals'
import type { MeasuredContender } from './measured-contender'
import type { Contender, Figures, Row } from './row'
import { type Spread, spreadOf } from './statistics'

export interface MeasuredRow {
  readonly row: Row
  readonly contenders: readonly MeasuredContender[]
  readonly goals: readonly JudgedGoal[]
  readonly seconds: number
}

/**
 * Measures all contenders of a row in turns, so that what the machine does beside reaches all of
 * them alike. A first round only warms up. Who begins changes from round to round.
 */
export async function measureRow(
  row: Row,
  context: BenchContext,
  rounds: number,
): Promise<MeasuredRow> {
  const startedAt = performance.now()
  context.say(`${row.name}: preparing`)
  const prepared = await row.prepare(context)
  const skipped = new Map<string, string>()
  const taken = new Map<string, Figures[]>()
  try {
    const chosen = prepared.contenders.filter((it) => it.ours || context.only(it.name))
    for (const { name, missing } of chosen) if (missing) skipped.set(name, missing)
    const present = chosen.filter((it) => !it.missing)
    for (let round = 0; round <= rounds; round++) {
      for (const it of rotated(present, round)) {
        context.say(
          `${row.name}: ${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}, ${it.name}`,
        )
        const figures = await it.measure(round)
        if (round > 0) taken.set(it.name, [...(taken.get(it.name) ?? []), figures])
      }
    }
    const contenders = chosen.map((it) => measured(row, it, taken.get(it.name) ?? [], skipped))
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    return { row, contenders, goals: judgeGoals(row.goals, contenders), seconds }
  } finally {
    await Promise.all(prepared.contenders.map((it) => it.close?.()))
    await prepared.close?.()
  }
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const at = by % Math.max(list.length, 1)
  return [...list.slice(at), ...list.slice(0, at)]
}

function measured(
  row: Row,
  { name, ours = false }: Contender,
  taken: readonly Figures[],
  skipped: ReadonlyMap<string, string>,
): MeasuredContender {
  const rounds: Record<string, number[]> = {}
  const spread: Record<string, Spread> = {}
  for (const { key } of row.figures) {
    const values = taken.map((it) => it[key]).filter((it) => it !== undefined)
    if (values.length === 0) continue
    rounds[key] = values
    spread[key] = spreadOf(values)
  }
  const reason = skipped.get(name)
  return { name, ours, rounds, spread, ...(reason === undefined ? {} : { skipped: reason }) }
}
