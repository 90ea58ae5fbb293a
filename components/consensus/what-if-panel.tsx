'use client'

import { Slider } from 'radix-ui'
import { useId } from 'react'
import type { ConsensusView } from '@/lib/protocol/consensus'
import type { WhatIf } from '@/lib/view/what-if'
import type { WhatIfAnswer } from '@/lib/view/what-if-sentence'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { Chip } from '../ui/chip'
import { cx } from '../ui/cx'
import { SectionHeader } from '../ui/section-header'
import { Sentence } from '../ui/sentence'

interface WhatIfPanelProps {
  round: ConsensusView
  validators: readonly string[]
  names: ReadonlyMap<string, string>
  what: WhatIf
  answer: WhatIfAnswer
  onChange: (what: WhatIf) => void
}

/** Moves the threshold or leaves validators out, and says what would have been decided then. */
export function WhatIfPanel({
  round,
  validators,
  names,
  what,
  answer,
  onChange,
}: WhatIfPanelProps) {
  const sliderId = useId()
  const threshold = what.threshold ?? round.threshold
  const without = what.without ?? new Set<string>()
  const asks = what.threshold !== undefined || without.size > 0
  const leave = (validator: string, out: boolean) => {
    const next = new Set(without)
    if (out) next.add(validator)
    else next.delete(validator)
    onChange({ ...what, without: next })
  }
  return (
    <section aria-label="What if" className="grid gap-3">
      <SectionHeader
        title="What if"
        className="[&_h2]:text-md [&_h2]:text-ink"
        aside={
          asks && (
            <Chip tone={answer.flips > 0 ? 'stale' : 'off'}>
              {answer.flips === 1 ? '1 decision flips' : `${answer.flips || 'no'} decisions flip`}
            </Chip>
          )
        }
      />
      <p aria-live="polite" className="min-h-15 text-base text-mute">
        <Sentence parts={answer.sentence} />
      </p>
      <div className="grid gap-2">
        <span id={sliderId} className="flex justify-between text-sm text-mute">
          Threshold <b className="font-semibold text-ink">{threshold.toFixed(2)}</b>
        </span>
        <Slider.Root
          min={0}
          max={1}
          step={0.01}
          value={[threshold]}
          onValueChange={([next = round.threshold]) => {
            const { threshold: _, ...rest } = what
            onChange(next === round.threshold ? rest : { ...rest, threshold: next })
          }}
          className="relative flex h-5 touch-none items-center"
        >
          <Slider.Track className="relative h-1 grow rounded-full bg-line">
            <Slider.Range
              className={cx('absolute h-full rounded-full', asks ? 'bg-stale' : 'bg-ivory')}
            />
          </Slider.Track>
          <Slider.Thumb
            aria-labelledby={sliderId}
            className={cx(
              'block size-3.5 cursor-ew-resize rounded-full border-2 border-panel shadow-lift',
              asks ? 'bg-stale' : 'bg-ivory',
            )}
          />
        </Slider.Root>
      </div>
      {validators.length > 1 && (
        <fieldset className="grid gap-1.5">
          <legend className="mb-1.5 text-sm text-mute">Leave out</legend>
          <div className="flex max-h-32 flex-wrap gap-x-4 gap-y-1.5 overflow-y-auto">
            {validators.map((validator) => (
              <Checkbox
                key={validator}
                label={<span className="mono text-xs">{names.get(validator) ?? validator}</span>}
                checked={without.has(validator)}
                disabled={!without.has(validator) && without.size >= validators.length - 1}
                onChange={(out) => leave(validator, out)}
              />
            ))}
          </div>
        </fieldset>
      )}
      <div>
        <Button kind={asks ? 'primary' : 'plain'} disabled={!asks} onClick={() => onChange({})}>
          Back to what was
        </Button>
      </div>
    </section>
  )
}
