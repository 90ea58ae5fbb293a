'use client'

import { type KeyboardEvent, useMemo, useState } from 'react'
import { formatDuration } from '@/lib/view/format-duration'
import type { WaitCycle } from '@/lib/view/wait-cycles'
import type { WaitEdge } from '@/lib/view/wait-edge'
import type { WaitGraph, WaitNode } from '@/lib/view/wait-graph'
import { useServerNow } from '../live/use-live'
import { openCoordinator } from '../ui/coordinator-href'
import { cx } from '../ui/cx'
import { LampShape } from '../ui/lamp'
import { nodeTowards } from '../ui/node-towards'
import { Skeleton } from '../ui/skeleton'
import { statusLooks } from '../ui/status-look'
import { curveThrough, type GraphShape, NODE_HEIGHT, type PlacedNode } from './lay-out-graph'
import { PanZoom } from './pan-zoom'
import { usePlacedGraph } from './use-placed-graph'

interface WaitGraphViewProps {
  graph: WaitGraph
  /** The one that is looked at; all others step back. */
  cycle: WaitCycle | undefined
  selected: string | undefined
}

const edgeId = (edge: WaitEdge) => `${edge.from}>${edge.to}>${edge.waitId}`
const LONGEST_NAME = 26

/**
 * Who waits for whom, drawn. It is laid out anew only when somebody starts or ends a wait, and
 * beside the page. One stop of the tab key; the arrow keys go from one to the next.
 */
export function WaitGraphView({ graph, cycle, selected }: WaitGraphViewProps) {
  const placed = usePlacedGraph(useShape(graph))
  const edges = new Map(graph.edges.map((it) => [edgeId(it), it]))
  const nodes = new Map(graph.nodes.map((it) => [it.id, it]))
  const inRing = new Set(graph.cycles.flatMap((it) => it.edges.map(edgeId)))
  const lit = cycle && new Set(cycle.edges.map(edgeId))
  const [walked, setWalked] = useState<string>()
  if (placed === undefined) return <Skeleton className="m-4 flex-1" />
  const stop = placed.nodes.some((it) => it.id === walked) ? walked : placed.nodes[0]?.id
  const walk = (event: KeyboardEvent<SVGGElement>) => {
    const to = stop === undefined ? undefined : nodeTowards(placed.nodes, stop, event.key)
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.currentTarget.querySelector<SVGElement>(`[data-node="${CSS.escape(to)}"]`)?.focus()
  }
  return (
    <PanZoom width={placed.width} height={placed.height} label="Who waits for whom">
      <defs>
        <Arrow id="wait-arrow" className="fill-blocked" />
        <Arrow id="ring-arrow" className="fill-dead" />
      </defs>
      {placed.edges.map(({ id, points }) => {
        const edge = edges.get(id)
        if (edge === undefined) return null
        return (
          <EdgeLine
            key={id}
            edge={edge}
            path={curveThrough(points)}
            ring={inRing.has(id)}
            faded={lit !== undefined && !lit.has(id)}
          />
        )
      })}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its nodes take the focus */}
      <g onKeyDown={walk}>
        {placed.nodes.map((at) => {
          const node = nodes.get(at.id)
          if (node === undefined) return null
          return (
            <NodeBox
              key={at.id}
              node={node}
              at={at}
              ring={graph.cycles.some((it) => it.members.includes(at.id))}
              faded={cycle !== undefined && !cycle.members.includes(at.id)}
              selected={selected === at.id}
              waitsFor={graph.edges.filter((it) => it.from === at.id).map((it) => it.to)}
              isTabStop={at.id === stop}
              onWalked={setWalked}
            />
          )
        })}
      </g>
    </PanZoom>
  )
}

/** The same object for as long as nobody starts or ends a wait: the graph is new each second. */
function useShape(graph: WaitGraph): GraphShape {
  const shape = JSON.stringify({
    ids: graph.nodes.map((it) => it.id),
    edges: graph.edges.map((it) => ({ id: edgeId(it), from: it.from, to: it.to })),
  } satisfies GraphShape)
  return useMemo(() => JSON.parse(shape) as GraphShape, [shape])
}

function Arrow({ id, className }: { id: string; className: string }) {
  return (
    <marker
      id={id}
      viewBox="0 0 8 8"
      refX="7"
      refY="4"
      markerUnits="userSpaceOnUse"
      markerWidth="10"
      markerHeight="10"
      orient="auto-start-reverse"
    >
      <path d="M0 .6 8 4 0 7.4z" className={className} />
    </marker>
  )
}

const DASHES: Record<WaitEdge['kind'], string | undefined> = {
  acks: undefined,
  signal: '6 4',
  decision: '1.5 4',
}
const WORDS: Record<WaitEdge['kind'], string> = {
  acks: 'an ACK',
  signal: 'a signal',
  decision: 'a vote',
}

function EdgeLine({
  edge,
  path,
  ring,
  faded,
}: {
  edge: WaitEdge
  path: string
  ring: boolean
  faded: boolean
}) {
  const now = useServerNow()
  return (
    <path
      d={path}
      fill="none"
      strokeWidth={ring ? 2 : 1.5}
      strokeDasharray={DASHES[edge.kind]}
      strokeLinecap="round"
      markerEnd={`url(#${ring ? 'ring' : 'wait'}-arrow)`}
      className={cx(ring ? 'stroke-dead' : 'stroke-blocked', faded && 'opacity-20')}
    >
      <title>
        {edge.from} waits for {WORDS[edge.kind]} of {edge.to}, {formatDuration(now - edge.since)} so
        far
      </title>
    </path>
  )
}

function NodeBox({
  node,
  at,
  ring,
  faded,
  selected,
  waitsFor,
  isTabStop,
  onWalked,
}: {
  node: WaitNode
  at: PlacedNode
  ring: boolean
  faded: boolean
  selected: boolean
  waitsFor: readonly string[]
  isTabStop: boolean
  onWalked: (id: string) => void
}) {
  const word = node.status === undefined ? 'not on the board' : statusLooks[node.status].word
  const whom = waitsFor.length === 0 ? '' : `, waits for ${[...new Set(waitsFor)].join(', ')}`
  const open = () => openCoordinator(node.id)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing
    <g
      role="button"
      tabIndex={isTabStop ? 0 : -1}
      data-node={node.id}
      aria-label={`${node.id}, ${word}${whom}`}
      onFocus={() => onWalked(node.id)}
      transform={`translate(${at.x - at.width / 2} ${at.y - NODE_HEIGHT / 2})`}
      className={cx(
        'cursor-pointer outline-none [&:hover>rect]:stroke-edge [&:focus-visible>rect]:stroke-ivory [&:focus-visible>rect]:stroke-3',
        faded && 'opacity-30',
      )}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        open()
      }}
    >
      <title>{node.id}</title>
      <rect
        width={at.width}
        height={NODE_HEIGHT}
        rx="8"
        strokeWidth={selected ? 2 : ring ? 1.6 : 1}
        className={cx(
          'fill-panel',
          selected ? 'stroke-ivory' : ring ? 'stroke-dead' : 'stroke-line',
        )}
      />
      <g transform={`translate(9 ${(NODE_HEIGHT - 14) / 2})`}>
        <LampShape status={node.status ?? 'unknown'} />
      </g>
      <text x="30" y="19.5" fontSize="11.5" className="mono fill-ink">
        {shortened(node.id)}
      </text>
    </g>
  )
}

function shortened(id: string): string {
  return id.length <= LONGEST_NAME ? id : `${id.slice(0, 14)}…${id.slice(-9)}`
}
