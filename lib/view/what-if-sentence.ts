import type { ConsensusView, Decision } from '../protocol/consensus'
import { formatConfidence } from './confidence'
import { counted, id, listOfIds, type Sentence, strong, text } from './sentence'
import { type Needed, type Supposition, suppose, type WhatIf } from './what-if'

export interface WhatIfAnswer {
  readonly flips: number
  readonly sentence: Sentence
  readonly suppositions: readonly Supposition[]
}

/** What another threshold, or one validator less, would have changed in these rounds. */
export function answerWhatIf(rounds: readonly ConsensusView[], what: WhatIf): WhatIfAnswer {
  const suppositions = rounds.map((it) => suppose(it, what))
  const flipped = suppositions.filter((it) => it.flips)
  const asked = question(rounds, what)
  return {
    flips: flipped.length,
    suppositions,
    sentence: asked.length === 0 ? PROMPT : [...asked, ...answer(flipped, rounds)],
  }
}

const PROMPT: Sentence = [
  text(
    'Drag the threshold, or leave a validator out, and see which decisions would have been others.',
  ),
]

function question(rounds: readonly ConsensusView[], { threshold, without }: WhatIf): Sentence {
  const was = rounds.at(-1)?.threshold
  const moved = threshold !== undefined && threshold !== was
  const left = [...(without ?? [])]
  return [
    ...(moved
      ? [
          text('At '),
          strong(formatConfidence(threshold)),
          text(was === undefined ? '' : ` instead of ${formatConfidence(was)}`),
        ]
      : []),
    ...(left.length > 0 ? [text(moved ? ' and without ' : 'Without '), ...listOfIds(left)] : []),
    ...(moved || left.length > 0 ? [text(', ')] : []),
  ]
}

function answer(flipped: readonly Supposition[], rounds: readonly ConsensusView[]): Sentence {
  const [first, second] = flipped
  if (first === undefined) return [text('every decision stays as it is.')]
  if (second !== undefined) {
    // Several runs of a loop have the same iterations.
    const iterations = [...new Set(flipped.map((it) => it.iteration))]
    const word = iterations.length === 1 ? 'iteration' : 'iterations'
    return [
      strong(counted(flipped.length, 'decision')),
      text(` would have been others: ${word} ${iterations.join(', ')}.`),
    ]
  }
  const round = rounds.find((it) => it.key === first.key)
  const figure =
    round?.policy === 'every'
      ? first.min === null
        ? ''
        : `: its lowest vote was ${formatConfidence(first.min)}`
      : first.average === null
        ? ''
        : `: its average ${first.was === 'proceed' ? 'would be' : 'was'} ${formatConfidence(first.average)}`
  return [
    strong(`iteration ${first.iteration}`),
    text(` would have ${DONE[first.would ?? 'proceed']}${figure}. `),
    ...decidedBy(round),
  ]
}

/** Who made the difference as it was really voted. */
function decidedBy(round: ConsensusView | undefined): Sentence {
  const decisive = round === undefined ? [] : suppose(round, {}).decisive
  const [only] = decisive
  return decisive.length === 1 && only !== undefined ? [id(only), text(' decided it.')] : []
}

const DONE: Record<Decision, string> = {
  proceed: 'proceeded',
  relaunch: 'been relaunched',
  defer: 'been deferred',
  escalate: 'been escalated',
  exhausted: 'been given up',
  expired: 'expired',
}

/** What is still needed of who has not voted. */
export function neededSentence(needed: Needed): Sentence {
  const who = listOfIds(needed.missing)
  const several = needed.missing.length > 1
  switch (needed.kind) {
    case 'nothing':
      return [text('Proceeds whatever '), ...who, text(several ? ' give.' : ' gives.')]
    case 'impossible':
      return [
        text('Cannot proceed any more, whatever '),
        ...who,
        text(several ? ' give.' : ' gives.'),
      ]
    case 'at-least':
      return [
        text('Needs at least '),
        // Rounded up: what is shown has to suffice.
        strong((Math.ceil(Number((needed.confidence * 100).toFixed(4))) / 100).toFixed(2)),
        text(several ? ' on average from ' : ' from '),
        ...who,
        text(' to proceed.'),
      ]
  }
}
