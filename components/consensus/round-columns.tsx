'use client'

import { type KeyboardEvent, useRef } from 'react'
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts'
import type { ConsensusView, Decision } from '@/lib/protocol/consensus'
import { averageOf, confidencesOf, formatConfidence, missingVoters } from '@/lib/view/confidence'
import { roundWord } from '@/lib/view/consensus-groups'
import { neededOf, type WhatIf } from '@/lib/view/what-if'
import { useLetterScale } from '../ui/use-letter-scale'
import { type ValidatorLook, ValidatorMark } from './validator-look'

/** px at the usual size of letters; nearer than that, two labels overlap. */
const LABEL_HEIGHT = 18
/** Half of an average's line, px at the usual size of letters. */
const REACH = 46

interface RoundColumnsProps {
  rounds: readonly ConsensusView[]
  names: ReadonlyMap<string, string>
  looks: ReadonlyMap<string, ValidatorLook>
  what: WhatIf
  flipped: ReadonlyMap<string, Decision>
  selected: string
  onSelect: (key: string) => void
  /** Height of what is written under the axis. */
  foot: number
}

/**
 * One column an iteration, drawn on the chart's own scales. All of them are one stop of the tab key; the
 * arrow keys choose, as in a list of few.
 */
export function RoundColumns(props: RoundColumnsProps) {
  const area = usePlotArea()
  const x = useXAxisScale()
  const y = useYAxisScale()
  const scale = useLetterScale()
  const box = useRef<SVGGElement>(null)
  if (!area || !x || !y) return null
  const width = area.width / Math.max(1, props.rounds.length)
  const choose = (index: number) => {
    const round = props.rounds[index]
    if (round === undefined) return
    props.onSelect(round.key)
    box.current?.querySelectorAll<SVGElement>('[role="button"]')[index]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const to = {
      Enter: index,
      ' ': index,
      ArrowLeft: index - 1,
      ArrowRight: index + 1,
      Home: 0,
      End: props.rounds.length - 1,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    choose(to)
  }
  return (
    <g ref={box}>
      {props.rounds.map((round, index) => (
        <Column
          key={round.key}
          {...props}
          round={round}
          onKeyDown={(event) => onKeyDown(event, index)}
          center={Number(x(index))}
          width={width}
          top={area.y}
          bottom={area.y + area.height}
          yOf={(confidence) => Number(y(confidence))}
          scale={scale}
          last={index === props.rounds.length - 1}
          startsRun={index > 0 && props.rounds[index - 1]?.runId !== round.runId}
        />
      ))}
    </g>
  )
}

interface ColumnProps extends RoundColumnsProps {
  round: ConsensusView
  onKeyDown: (event: KeyboardEvent) => void
  center: number
  width: number
  top: number
  bottom: number
  yOf: (confidence: number) => number
  /** Size of letters: what stands beside them grows with them. */
  scale: number
  last: boolean
  startsRun: boolean
}

function Column(props: ColumnProps) {
  const { round, center, width, top, bottom, foot, scale } = props
  const { selected, onSelect, flipped, startsRun } = props
  const { text, tone } = roundWord(round)
  const decision = round.outcome?.decision ?? text
  const on = round.key === selected
  const narrow = width < 90 * scale
  const would = flipped.get(round.key)
  const said = would === undefined ? decision : narrow ? would : `would ${would}`
  const left = center - width / 2
  return (
    <g>
      {startsRun && (
        <line
          x1={left}
          x2={left}
          y1={top}
          y2={bottom + foot - 6}
          stroke="var(--edge)"
          strokeDasharray="1 4"
        >
          <title>A new run begins</title>
        </line>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing */}
      <g
        role="button"
        tabIndex={on ? 0 : -1}
        aria-pressed={on}
        aria-label={`Iteration ${round.iteration}, ${decision}${would === undefined ? '' : `, would ${would}`}`}
        className="cursor-pointer outline-none [&:focus-visible>rect]:stroke-ivory"
        onClick={() => onSelect(round.key)}
        onKeyDown={props.onKeyDown}
      >
        <rect
          x={left + 3}
          y={top}
          width={Math.max(0, width - 6)}
          height={bottom - top + foot - 4}
          rx="8"
          fill={on ? 'var(--ink)' : 'transparent'}
          fillOpacity={on ? 0.045 : 0}
          stroke="transparent"
          strokeWidth="2"
        />
        <text
          x={center}
          y={bottom + 18 * scale}
          textAnchor="middle"
          fontSize="0.6875rem"
          fill="var(--mute)"
        >
          {narrow ? round.iteration : `iteration ${round.iteration}`}
        </text>
        <text
          x={center}
          y={bottom + 34 * scale}
          textAnchor="middle"
          fontSize="0.6875rem"
          fontWeight="600"
          data-tone={would === undefined ? tone : 'stale'}
          fill="var(--c-ink)"
        >
          {narrow ? said.slice(0, Math.max(3, Math.floor(width / (6.2 * scale)))) : said}
        </text>
      </g>
      <Marks {...props} />
    </g>
  )
}

function Marks({ round, center, width, yOf, scale, last, names, looks, what }: ColumnProps) {
  const kept = round.votes.filter((it) => !what.without?.has(it.validatorId))
  const confidences = confidencesOf({ ...round, votes: kept })
  // What has to reach the threshold: the average, or the lowest where every single vote counts.
  const judged =
    round.policy === 'every' && confidences.length > 0
      ? Math.min(...confidences)
      : averageOf(confidences)
  const reach = Math.min(width * 0.36, REACH * scale)
  const open = round.outcome === undefined
  // Right of the last column stands the threshold's own label.
  const inTheWay =
    last && judged !== null && Math.abs(yOf(judged) - yOf(round.threshold)) < LABEL_HEIGHT * scale
  const place = (index: number) => {
    const all = round.validators.length
    return all < 2 ? 0 : (index / (all - 1) - 0.5) * reach * 1.25
  }
  const needed = open ? neededOf(round, what) : undefined
  const missing = new Set(missingVoters(round))
  const ghost = needed?.kind === 'at-least' ? needed.confidence : round.threshold
  return (
    <g pointerEvents="none">
      {confidences.length > 1 && (
        <line
          x1={center}
          x2={center}
          y1={yOf(Math.max(...confidences))}
          y2={yOf(Math.min(...confidences))}
          stroke="var(--line)"
          strokeWidth="2"
        />
      )}
      {judged !== null && (
        <g opacity={open ? 0.55 : 1}>
          <line
            x1={center - reach}
            x2={center + reach}
            y1={yOf(judged)}
            y2={yOf(judged)}
            stroke="var(--ink)"
            strokeWidth="2.5"
            strokeLinecap="round"
          />
          {width > 64 * scale && (
            <text
              x={inTheWay ? center - reach - 6 : center + reach + 6}
              y={yOf(judged)}
              dy="0.35em"
              textAnchor={inTheWay ? 'end' : 'start'}
              fontSize="0.71875rem"
              fontWeight="600"
              fill="var(--ink)"
              // Over a line of the chart it stays readable.
              stroke="var(--panel)"
              strokeWidth="4"
              strokeLinejoin="round"
              paintOrder="stroke"
            >
              {formatConfidence(judged, round.threshold)}
            </text>
          )}
        </g>
      )}
      {round.validators.map((validator, index) => {
        const look = looks.get(validator)
        const vote = round.votes.find((it) => it.validatorId === validator)
        if (look === undefined || (vote === undefined && !(open && missing.has(validator))))
          return null
        const name = names.get(validator) ?? validator
        return (
          <ValidatorMark
            key={validator}
            look={look}
            x={center + place(index)}
            y={yOf(vote?.confidence ?? ghost)}
            scale={scale}
            hollow={vote === undefined}
            faded={what.without?.has(validator) ?? false}
            title={vote ? `${name} ${vote.confidence.toFixed(2)}` : `${name} has not voted`}
          />
        )
      })}
    </g>
  )
}
