import type { Logger } from 'pino'

/** What a server started, to be ended in the reverse order, once, within a deadline. */
export class Closers {
  private readonly list: { what: string; close: () => Promise<unknown> | unknown }[] = []
  private closing: Promise<void> | undefined

  constructor(
    private readonly log: Logger,
    /** For each of them, ms. */
    private readonly deadlineMs: number,
  ) {}

  add(what: string, close: () => Promise<unknown> | unknown): void {
    this.list.unshift({ what, close })
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll()
    return this.closing
  }

  private async closeAll(): Promise<void> {
    for (const { what, close } of this.list) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), this.deadlineMs)
      })
      try {
        const end = await Promise.race([Promise.resolve(close()), late])
        if (end === 'late') this.log.warn({ what }, 'did not close in time')
      } catch (error) {
        this.log.warn({ what, err: error }, 'could not close')
      } finally {
        clearTimeout(timer)
      }
    }
  }
}
