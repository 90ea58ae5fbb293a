import type { BoxEvent } from '@/lib/protocol/events'

export const EXPORT_FORMATS = ['jsonl', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const COLUMNS = ['seq', 'at', 'type', 'actor', 'entity', 'data'] as const

/** Spreadsheets take a cell that begins so for a formula, and run it. */
const FORMULA = /^[=+\-@\t\r]/

export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const formats = {
  jsonl: {
    type: 'application/x-ndjson',
    head: '',
    line: (event: BoxEvent) => `${JSON.stringify(event)}\n`,
  },
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    head: `${COLUMNS.join(',')}\r\n`,
    line: (event: BoxEvent) => {
      const cells = [
        event.seq,
        new Date(event.at).toISOString(),
        event.type,
        event.actor,
        event.entity,
        JSON.stringify(event.data),
      ]
      return `${cells.map(csvCell).join(',')}\r\n`
    },
  },
} as const

/**
 * The events as a file, written while they are read: a long log is never whole in memory. Whoever takes
 * long over it is asked again whether they still may: it breaks off where their session ends.
 */
export function exportResponse(
  format: ExportFormat,
  pages: AsyncIterator<BoxEvent[]>,
  mayGoOn: () => Promise<boolean>,
): Response {
  const { type, head, line } = formats[format]
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (head) controller.enqueue(encoder.encode(head))
    },
    async pull(controller) {
      const page = await pages.next()
      if (!(await mayGoOn())) {
        await pages.return?.()
        return controller.error(new Error('the session has ended'))
      }
      if (page.done) return controller.close()
      controller.enqueue(encoder.encode(page.value.map(line).join('')))
    },
    async cancel() {
      await pages.return?.()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="signalbox-events.${format}"`,
    },
  })
}
