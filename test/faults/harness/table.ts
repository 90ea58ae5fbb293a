import type { Finding, Outcome } from './fault'

export interface TriedFault {
  readonly name: string
  readonly title: string
  readonly seconds: number
  readonly outcome: Outcome | { readonly skipped: string } | { readonly failed: string }
}

export const TABLE_HEAD = [
  '| fault | what was done | must come out | figure | holds |',
  '|---|---|---|---|---|',
].join('\n')

/** The lines of one fault: a line for each thing that must come out of it. */
export function tableLines({ name, outcome, seconds }: TriedFault): string {
  const took = `${Math.round(seconds)} s`
  if ('skipped' in outcome) return row(name, `skipped: ${outcome.skipped}`, '', '', 'skipped')
  if ('failed' in outcome) {
    return row(name, `ended after ${took} by an error`, 'runs to its end', outcome.failed, '**no**')
  }
  return outcome.findings
    .map((it, index) =>
      row(
        index === 0 ? `**${name}**` : '',
        index === 0 ? `${outcome.done} (${took})` : '',
        it.must,
        it.figure,
        verdict(it),
      ),
    )
    .join('\n')
}

/** Whether everything that was promised came out; what is skipped is no breach. */
export function holds({ outcome }: TriedFault): boolean {
  if ('skipped' in outcome) return true
  if ('failed' in outcome) return false
  return outcome.findings.every((it) => it.holds !== false)
}

function verdict({ holds: it }: Finding): string {
  return it === 'reported' ? 'reported' : it ? 'yes' : '**no**'
}

function row(...cells: string[]): string {
  return `| ${cells.map((it) => it.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}
