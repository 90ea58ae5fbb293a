import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { loop2Consensus, loop3Consensus, loop4Consensus } from '@/lib/cfn-loop/consensus-presets'
import type { ConsensusResult } from '@/lib/cfn-loop/consensus-round'
import type { LoopConsensus } from '@/lib/cfn-loop/loop-consensus'
import type { AnySignalType } from '@/lib/protocol/signal'
import { deliverySchema, type Job } from './jobs'
import { type Member, takeSignals } from './member'
import { decide, wordFor } from './product-owner'
import type { Delivery } from './review'
import { type Crew, crewSchema, type SeatOf } from './seats'

const RUN = 'run'
const SEAT = 'seat'
const ROUND_MS = 45_000
/** As long as it takes an operator to replace who does not answer. */
const ACKS_MS = 600_000
const BETWEEN_MS = 1500

const runSchema = z.object({ runId: z.string(), iteration: z.number().int(), crew: crewSchema })

type Step = 'again' | 'next-run'

/** Runs the loops of a swarm without end: implementation, validation, decision. */
export class Lead {
  private crew: Crew
  private runId = ''
  private iteration = 0
  private deliveries = new Map<string, Delivery>()

  constructor(
    private readonly member: Member,
    private readonly seat: SeatOf<'lead'>,
  ) {
    this.crew = seat.crew
  }

  async run(): Promise<void> {
    await this.inherit()
    const stopAnswering = this.answerMeanwhile()
    try {
      await this.loop()
    } finally {
      stopAnswering()
    }
  }

  private async loop(): Promise<void> {
    const { member } = this
    while (!member.stopping.aborted) {
      if (this.runId === '') this.beginRun()
      this.iteration++
      await member.manager.storeWorkItem(RUN, {
        runId: this.runId,
        iteration: this.iteration,
        crew: this.crew,
      })
      if ((await this.iterate()) === 'next-run') this.runId = ''
      await pause(BETWEEN_MS, undefined, { signal: member.stopping }).catch(() => {})
    }
  }

  /** While it waits for others, what is sent to itself is answered, too. */
  private answerMeanwhile(): () => void {
    let answering = false
    const answer = async () => {
      if (answering) return
      answering = true
      // Trouble with Redis is told by what the lead does itself.
      await this.empty().catch(() => {})
      answering = false
    }
    const timer = setInterval(() => void answer(), 1000)
    return () => clearInterval(timer)
  }

  private empty(): Promise<void> {
    return takeSignals(this.member, 0, async (signal) => this.keep(signal.payload))
  }

  /** A lead that takes another's place goes on with the same run, one iteration later. */
  private async inherit(): Promise<void> {
    const item = (await this.member.manager.listWork()).find((it) => it.workId === RUN)
    const run = runSchema.safeParse(item?.data)
    if (!run.success || this.member.id === this.seat.name) return
    this.crew = run.data.crew
    this.runId = run.data.runId
    this.iteration = run.data.iteration
  }

  private beginRun(): void {
    const [day = '', time = ''] = new Date().toISOString().slice(5, 19).split('T')
    this.runId = `run-${day.replace('-', '')}-${time.replaceAll(':', '')}`
    this.iteration = 0
    this.deliveries = new Map()
  }

  private async iterate(): Promise<Step> {
    const made = await this.implementation()
    if (made !== 'proceed') return made === 'exhausted' ? 'next-run' : 'again'
    const validated = await this.validation()
    if (validated?.decision !== 'proceed')
      return validated?.decision === 'exhausted' ? 'next-run' : 'again'
    await this.decision(validated.average ?? 0)
    return 'next-run'
  }

  private async implementation(): Promise<string> {
    const { member, iteration, crew } = this
    await member.manager.recordActivity('loop-3-implementation', iteration)
    const round = loop3Consensus({
      ...this.roundFacts(),
      validators: crew.implementers,
      // One that dies in the middle must not keep the others from going on.
      quorum: Math.max(2, crew.implementers.length - 1),
    })
    await round.open()
    const type = iteration === 1 ? 'status_update' : 'retry_request'
    await this.ask('implementers', type, { kind: 'implement', ...this.place(round) })
    const result = await this.decided(round)
    // Who delivers votes afterwards: what was delivered is here by now.
    await this.empty()
    member.say('loop 3', { iteration, decision: result?.decision })
    return result?.decision ?? 'expired'
  }

  private async validation(): Promise<ConsensusResult | null> {
    const { member, iteration, crew } = this
    await member.manager.recordActivity('loop-2-validation', iteration)
    const round = loop2Consensus({ ...this.roundFacts(), validators: crew.validators })
    await round.open()
    const deliveries = [...this.deliveries.values()].map((it) => ({
      ...it,
      tour: [...it.tour],
      kind: 'delivery' as const,
      runId: this.runId,
      iteration,
    }))
    await this.ask('validators', 'validation', { kind: 'review', ...this.place(round), deliveries })
    const result = await this.decided(round)
    member.say('loop 2', { iteration, decision: result?.decision, average: result?.average })
    return result
  }

  private async decision(average: number): Promise<void> {
    const { member, iteration, crew } = this
    await member.manager.recordActivity('loop-4-decision', iteration)
    const owner = crew.owner ?? member.id
    const round = loop4Consensus({ ...this.roundFacts(), validators: [owner] })
    await round.open()
    if (crew.owner === undefined) await decide(member, round.key, wordFor(average))
    else await this.ask('owner', 'status_update', { kind: 'decide', ...this.place(round), average })
    const result = await this.decided(round)
    member.say('loop 4', { runId: this.runId, decision: result?.decision })
  }

  private roundFacts() {
    const { member, runId, iteration } = this
    return {
      redisClient: member.redis,
      swarmId: member.swarmId,
      runId,
      iteration,
      deadlineMs: ROUND_MS,
      coordinatorId: member.id,
    }
  }

  private place(round: LoopConsensus) {
    return { runId: this.runId, iteration: this.iteration, round: round.key }
  }

  private decided(round: LoopConsensus): Promise<ConsensusResult | null> {
    return round.waitForDecision(ROUND_MS + 10_000, { signal: this.member.stopping })
  }

  /** Tells them what to do, and goes on when everybody, or whoever took their place, has answered. */
  private async ask(whom: keyof Crew, type: AnySignalType, job: Job): Promise<void> {
    const { member, iteration } = this
    const named = this.crew[whom]
    const targets = named === undefined ? [] : typeof named === 'string' ? [named] : named
    const sent = await member.signals.broadcast(member.id, targets, type, iteration, job)
    const acks = await member.manager.waitForAcks(targets, sent.messageId, ACKS_MS, {
      signal: member.stopping,
    })
    for (const [target, ack] of acks) {
      if (ack.coordinatorId === target) continue
      member.say('has a new member', { was: target, is: ack.coordinatorId })
      await this.replace(target, ack.coordinatorId)
    }
  }

  private async replace(was: string, is: string): Promise<void> {
    const swap = (id: string) => (id === was ? is : id)
    this.crew = {
      implementers: this.crew.implementers.map(swap),
      validators: this.crew.validators.map(swap),
      ...(this.crew.owner === undefined ? {} : { owner: swap(this.crew.owner) }),
    }
    await this.member.manager.storeWorkItem(SEAT, { ...this.seat, crew: this.crew })
  }

  private keep(payload: unknown): void {
    const delivery = deliverySchema.safeParse(payload)
    if (!delivery.success || delivery.data.runId !== this.runId) return
    const { by, task, tour } = delivery.data
    this.deliveries.set(by, { by, task, tour })
  }
}
