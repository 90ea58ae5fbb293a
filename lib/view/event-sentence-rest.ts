import type { EventOf, EventType } from '../protocol/events'
import { actionName } from './action-name'
import { because } from './event-words'
import { formatDuration } from './format-duration'
import { code, counted, id, listOfIds, type Part, type Sentence, strong, text } from './sentence'

type Rest = EventOf<
  Extract<
    EventType,
    `consensus.${string}` | `breaker.${string}` | `monitor.${string}` | `operator.${string}`
  >
>

/** Actions of operators as something that was done. */
const DONE: Readonly<Record<string, string>> = {
  'escalate-coordinator': 'escalated',
  'cleanup-coordinator': 'cleaned up',
  'forget-coordinator': 'forgot',
  'cancel-pending-signals': 'cancelled what was pending at',
  'send-signal': 'sent a signal to',
  'cancel-signal': 'cancelled',
  'set-breaker-state': 'set the breaker',
  'decide-consensus': 'decided',
  'acknowledge-attention': 'took up',
  'snooze-attention': 'put off',
}

/** What admins and people themselves change: its targets are people, tokens and webhooks, no coordinators. */
const CHANGED: Readonly<Record<string, string>> = {
  'add-user': 'added the user',
  'remove-user': 'removed the user',
  'set-role': 'changed the role of',
  'make-sign-in-link': 'made a sign-in link for',
  'reset-password': 'reset the password of',
  'set-password': 'set a new password for',
  'change-password': 'set a new password for',
  'revoke-session': 'ended a session of',
  'revoke-sessions': 'ended the sessions of',
  'create-token': 'made the token',
  'revoke-token': 'revoked the token',
  'add-webhook': 'made the webhook',
  'remove-webhook': 'removed the webhook',
  'test-webhook': 'tried the webhook',
}

/** What happened to votes, breakers, monitors, and what operators did. */
export function restSentence(event: Rest): Sentence {
  switch (event.type) {
    case 'consensus.opened':
      return [
        ...round(event.data.key),
        text(
          ` asks ${counted(event.data.validators.length, 'validator')} for ${event.data.threshold.toFixed(2)}`,
        ),
      ]
    case 'consensus.vote_cast':
      return [
        id(event.data.validatorId),
        text(' voted '),
        strong(event.data.confidence.toFixed(2)),
        text(' in '),
        ...round(event.data.key),
      ]
    case 'consensus.vote_replaced':
      return [
        id(event.data.validatorId),
        text(` changed its vote from ${event.data.previous.toFixed(2)} to `),
        strong(event.data.confidence.toFixed(2)),
        text(' in '),
        ...round(event.data.key),
      ]
    case 'consensus.decided':
      return [
        ...round(event.data.key),
        text(': '),
        strong(event.data.decision),
        ...(event.data.average === null
          ? []
          : [text(`, average ${event.data.average.toFixed(2)}`)]),
        ...(event.data.by === 'system'
          ? []
          : [text(`, by ${event.data.by.replace(/^operator:/, '')}`)]),
      ]
    case 'consensus.expired':
      return [...round(event.data.key), text(' closed without a quorum')]
    case 'breaker.opened':
      return [...breaker(event.data), text(' opened'), ...because(event.data.lastError)]
    case 'breaker.half_opened':
      return [...breaker(event.data), text(' lets a probe through')]
    case 'breaker.closed':
      return [...breaker(event.data), text(' is closed')]
    case 'breaker.retired':
      return [...breaker(event.data), text(' is gone with its owner')]
    case 'breaker.forced':
      return [
        text(
          event.data.state === 'reset' ? 'asked to reset ' : `asked to force ${event.data.state}: `,
        ),
        ...breaker(event.data),
        ...because(event.data.reason),
      ]
    case 'monitor.grace_started':
      return [
        text(
          `grace period of ${formatDuration(event.data.until - event.at)}: nobody can be declared dead`,
        ),
      ]
    case 'monitor.grace_ended':
      return [text('the grace period is over')]
    case 'operator.signed_in':
      return [strong(event.data.operator), text(' signed in')]
    case 'operator.acted': {
      const { operator, action, targets: names, result } = event.data
      if (Object.hasOwn(CHANGED, action)) {
        const parts = [strong(operator), text(` ${CHANGED[action]} `), code(names.join(', '))]
        return result === undefined ? parts : [...parts, text(`: ${result}`)]
      }
      return [
        strong(event.data.operator),
        text(` ${DONE[event.data.action] ?? event.data.action}`),
        ...(event.data.targets.length === 0 ? [] : [text(' '), ...targets(event.data.targets)]),
        ...because(event.data.reason),
      ]
    }
    case 'operator.refused':
      return [
        strong(event.data.operator),
        text(` was refused to ${actionName(event.data.action)}: ${event.data.rule}`),
      ]
  }
}

function round(key: string): Part[] {
  const [swarm = key, loop = '', , iteration = ''] = key.split(':')
  return [text(`${swarm} Loop ${loop}, iteration ${iteration}`)]
}

function breaker({ owner, name }: { owner: string; name: string }): Part[] {
  return [code(name), text(' of '), id(owner)]
}

/** Some targets of actions are coordinators, others are keys of something else. */
function targets(all: readonly string[]): Part[] {
  return listOfIds(all).map((part) =>
    part.kind === 'id' && part.id.includes(':') ? code(part.id) : part,
  )
}
