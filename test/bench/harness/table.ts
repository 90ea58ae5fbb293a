import { isRatio } from './judge-goals'
import type { MeasuredRow } from './measure-row'
import type { MeasuredContender } from './measured-contender'
import type { Figure } from './row'
import { ratiosOf, type Spread } from './statistics'

/** The result as Markdown: a table of figures for each row, and one of its goals. */
export function tableOf(measured: MeasuredRow): string {
  const { row, contenders, goals } = measured
  const lines = [`## ${row.title}`, '', row.note, '']
  for (const figure of row.figures) lines.push(...figureTable(figure, contenders), '')
  if (goals.length > 0) {
    lines.push('| goal | measured | holds |', '|---|---|---|')
    for (const { goal, value, holds } of goals) {
      const verdict =
        holds === 'not measured' ? holds : holds ? 'yes' : goal.stretch ? 'not yet' : '**no**'
      lines.push(
        `| ${goal.text} | ${value ? spreadText(value, isRatio(goal) ? '×' : unitOf(row.figures, goal.figure)) : ''} | ${verdict} |`,
      )
    }
    lines.push('')
  }
  return lines.join('\n')
}

function figureTable(figure: Figure, contenders: readonly MeasuredContender[]): string[] {
  const ours = contenders.filter((it) => it.ours && it.rounds[figure.key])
  const some = contenders.filter((it) => it.spread[figure.key] || it.skipped)
  const head = ours.map((it) => ` ${ours.length > 1 ? it.name : 'ours'} ÷ this |`).join('')
  const lines = [
    `| ${figure.title} (${figure.unit}) | median | min | max |${head}`,
    `|---|---|---|---|${ours.map(() => '---|').join('')}`,
  ]
  for (const it of some) {
    const spread = it.spread[figure.key]
    if (!spread) {
      lines.push(`| ${it.name} | skipped: ${it.skipped} | | |${ours.map(() => ' |').join('')}`)
      continue
    }
    const ratios = ours.map((our) => {
      if (our === it) return ' |'
      const ratio = ratiosOf(our.rounds[figure.key] ?? [], it.rounds[figure.key] ?? [])
      return ` ${number(ratio.median)} (${number(ratio.min)}–${number(ratio.max)}) |`
    })
    const name = it.ours ? `**${it.name}**` : it.name
    lines.push(
      `| ${name} | ${number(spread.median)} | ${number(spread.min)} | ${number(spread.max)} |${ratios.join('')}`,
    )
  }
  return lines
}

function unitOf(figures: readonly Figure[], key: string): string {
  return figures.find((it) => it.key === key)?.unit ?? ''
}

function spreadText({ median, min, max }: Spread, unit: string): string {
  return `${number(median)} ${unit} (${number(min)}–${number(max)})`
}

/** Three digits that say something. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (value >= 1000) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}
