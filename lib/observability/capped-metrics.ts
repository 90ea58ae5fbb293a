import {
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  register,
} from 'prom-client'
import { type Labels, labelsOf, SeriesLimit } from './series-limit'

type Names<T extends string> = { readonly labelNames: readonly T[] }
type Values<T extends string> = Partial<Record<T, string | number>>

/** A metric whose series are limited, and can be removed by one of their labels. */
export interface Capped {
  /** Removes every series that has all of these labels. */
  removeWith(labels: Labels): void
}

/** prom-client's own checks say what is wrong with labels; they come before ours count them. */
function complete(names: readonly string[], args: readonly unknown[]): boolean {
  return typeof args[0] === 'object' || args.length === names.length
}

export class CappedCounter<T extends string> extends Counter<T> implements Capped {
  readonly #names: readonly T[]
  readonly #limit: SeriesLimit

  constructor(configuration: CounterConfiguration<T> & Names<T>) {
    super(configuration)
    this.#names = configuration.labelNames
    this.#limit = new SeriesLimit(this.#names)
    // An own property of each counter, not a method of the class.
    const inc = this.inc as (labels: Values<T>, value?: number) => void
    this.inc = (labels?: unknown, value?: number) =>
      inc.call(this, this.#limit.admit(labels as Labels) as Values<T>, value)
  }

  override labels(...args: string[] | [Values<T>]): Counter.Internal {
    if (!complete(this.#names, args)) return super.labels(...(args as string[]))
    return super.labels(this.#limit.admit(labelsOf(this.#names, args)) as Values<T>)
  }

  override remove(...args: string[] | [Values<T>]): void {
    const labels = labelsOf(this.#names, args)
    super.remove(labels as Values<T>)
    this.#limit.forget(labels)
  }

  override reset(): void {
    super.reset()
    // prom-client's constructor calls this before ours has begun.
    if (#limit in this) this.#limit.clear()
  }

  removeWith(labels: Labels): void {
    for (const it of this.#limit.with(labels)) this.remove(it as Values<T>)
  }
}

export class CappedHistogram<T extends string> extends Histogram<T> implements Capped {
  readonly #names: readonly T[]
  readonly #limit: SeriesLimit

  constructor(configuration: HistogramConfiguration<T> & Names<T>) {
    super(configuration)
    this.#names = configuration.labelNames
    this.#limit = new SeriesLimit(this.#names)
    // An own property of each histogram, not a method of the class.
    const observe = this.observe as (labels: Values<T>, value: number) => void
    this.observe = (labels: unknown, value?: number) =>
      observe.call(this, this.#limit.admit(labels as Labels) as Values<T>, value as number)
  }

  override labels(...args: string[] | [Values<T>]): Histogram.Internal<T> {
    if (!complete(this.#names, args)) return super.labels(...(args as string[]))
    return super.labels(this.#limit.admit(labelsOf(this.#names, args)) as Values<T>)
  }

  override zero(labels: Values<T>): void {
    super.zero(this.#limit.admit(labels) as Values<T>)
  }

  override remove(...args: string[] | [Values<T>]): void {
    const labels = labelsOf(this.#names, args)
    super.remove(labels as Values<T>)
    this.#limit.forget(labels)
  }

  override reset(): void {
    super.reset()
    if (#limit in this) this.#limit.clear()
  }

  removeWith(labels: Labels): void {
    for (const it of this.#limit.with(labels)) this.remove(it as Values<T>)
  }
}

/** Registers when it is first used: who never does has no empty metric in the output. */
export class LazyCappedGauge<T extends string> extends Gauge<T> implements Capped {
  readonly #names: readonly T[]
  readonly #limit: SeriesLimit

  constructor(configuration: GaugeConfiguration<T> & Names<T> & { name: string }) {
    super({ ...configuration, registers: [] })
    this.#names = configuration.labelNames
    this.#limit = new SeriesLimit(this.#names)
  }

  override labels(...args: string[] | [Values<T>]): Gauge.Internal<T> {
    this.#register()
    if (!complete(this.#names, args)) return super.labels(...(args as string[]))
    return super.labels(this.#limit.admit(labelsOf(this.#names, args)) as Values<T>)
  }

  override set(first: unknown, value?: number): void {
    super.set(this.#admit(first), value as number)
  }

  override inc(first?: unknown, value?: number): void {
    super.inc(this.#admit(first), value)
  }

  override dec(first?: unknown, value?: number): void {
    super.dec(this.#admit(first), value)
  }

  override remove(...args: string[] | [Values<T>]): void {
    const labels = labelsOf(this.#names, args)
    super.remove(labels as Values<T>)
    this.#limit.forget(labels)
  }

  override reset(): void {
    super.reset()
    if (#limit in this) this.#limit.clear()
  }

  removeWith(labels: Labels): void {
    for (const it of this.#limit.with(labels)) this.remove(it as Values<T>)
  }

  #admit(labels: unknown): Values<T> {
    this.#register()
    return (
      typeof labels === 'object' && labels !== null ? this.#limit.admit(labels as Labels) : labels
    ) as Values<T>
  }

  #register(): void {
    const { name } = this as unknown as { name: string }
    if (!register.getSingleMetric(name)) register.registerMetric(this)
  }
}
