import { readdirSync, readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100
const KB = 1024

export interface ProcessUse {
  /** Of one core, 1 is all of it. */
  readonly cores: number
  /** Resident memory over time, MB. */
  readonly memory: readonly number[]
}

/**
 * What a process takes, from the system's own books; undefined where those are not in /proc. Memory
 * is looked at once a second until `stop`.
 */
export function watchProcess(pid: number): { stop(): ProcessUse | undefined } {
  const began = performance.now()
  const first = processorSeconds(pid)
  const memory: number[] = []
  const timer = setInterval(() => {
    const now = residentMegabytes(pid)
    if (now !== undefined) memory.push(now)
  }, 1000)
  return {
    stop: () => {
      clearInterval(timer)
      const last = processorSeconds(pid)
      if (first === undefined || last === undefined) return undefined
      return { cores: (last - first) / ((performance.now() - began) / 1000), memory }
    },
  }
}

export function processorSeconds(pid: number): number | undefined {
  const text = read(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  // The name, in brackets, may hold blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}

export function residentMegabytes(pid: number): number | undefined {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`) ?? '')?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / KB
}

/** A process and all that it started, by number. */
export function processTree(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readFolder('/proc')) {
    const parent = /PPid:\s+(\d+)/.exec(read(`/proc/${name}/status`) ?? '')?.[1]
    if (parent === undefined) continue
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)])
  }
  const all = [pid]
  for (const it of all) all.push(...(children.get(it) ?? []))
  return all
}

export function nameOf(pid: number): string {
  return (read(`/proc/${pid}/cmdline`) ?? '').split('\0').filter(Boolean).join(' ')
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder).filter((it) => /^\d+$/.test(it))
  } catch {
    return []
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
