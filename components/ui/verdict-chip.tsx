import {
  BadgeCheck,
  Clock3,
  Copy,
  FileWarning,
  History,
  ShieldAlert,
  ShieldQuestion,
  UserX,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { AckVerdict } from '@/lib/protocol/signal'
import { Chip } from './chip'
import { Popover } from './popover'
import type { Tone } from './status-look'

const verdicts: Record<AckVerdict, { tone: Tone; word: string; means: string; icon: ReactNode }> = {
  valid: {
    tone: 'active',
    word: 'valid',
    means: 'Its MAC, signal, target and epoch are right.',
    icon: <BadgeCheck />,
  },
  forged: {
    tone: 'dead',
    word: 'forged',
    means: 'Its MAC does not fit its fields: somebody without the secret wrote or changed it.',
    icon: <ShieldAlert />,
  },
  replayed: {
    tone: 'dead',
    word: 'replayed',
    means: 'A true ACK of another signal, shown again for this one.',
    icon: <Copy />,
  },
  late: {
    tone: 'stale',
    word: 'late',
    means: 'It came after the signal had expired or was cancelled.',
    icon: <Clock3 />,
  },
  wrong_epoch: {
    tone: 'escalated',
    word: 'old epoch',
    means: 'Signed by an incarnation that has been replaced.',
    icon: <History />,
  },
  foreign: {
    tone: 'dead',
    word: 'foreign',
    means: 'Signed by somebody whom the signal was not sent to.',
    icon: <UserX />,
  },
  malformed: {
    tone: 'dead',
    word: 'malformed',
    means: 'It is not an ACK by its shape.',
    icon: <FileWarning />,
  },
  unverified: {
    tone: 'off',
    word: 'unverified',
    means: 'Nobody with the secret has checked it yet.',
    icon: <ShieldQuestion />,
  },
}

interface VerdictChipProps {
  verdict: AckVerdict
  /** Its coordinator came by HTTP, and the server signed for it. */
  signedBy?: 'server' | undefined
}

/** What a check of one ACK found; pressed, it says what that means. */
export function VerdictChip({ verdict, signedBy }: VerdictChipProps) {
  const { tone, word, means, icon } = verdicts[verdict]
  const forIt = signedBy && ' The server signed for its coordinator, which came by HTTP.'
  return (
    <Popover
      label={`ACK: ${word}`}
      align="end"
      className="max-w-72"
      trigger={
        <button type="button" className="flex-none rounded-sm" title={`${means}${forIt ?? ''}`}>
          <Chip tone={tone} icon={icon}>
            {word}
            {signedBy && ', by server'}
          </Chip>
        </button>
      }
    >
      {means}
      {forIt}
    </Popover>
  )
}
