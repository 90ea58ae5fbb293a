'use client'

import { Maximize, Minus, Plus } from 'lucide-react'
import {
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react'
import { IconButton } from '../ui/icon-button'
import { useLetterScale } from '../ui/use-letter-scale'

interface PanZoomProps {
  /** Of what is drawn. */
  width: number
  height: number
  label: string
  children: ReactNode
}

interface Eye {
  /** The middle of what is seen, in the drawing's own units. */
  x: number
  y: number
  /** Pixels per unit. */
  zoom: number
}

const NEAREST = 2.5
const FARTHEST = 0.05
const FIT_AT_MOST = 1.25
const STEP = 1.3

/** A drawing that can be dragged and zoomed; it fits itself until somebody has moved it. */
export function PanZoom({ width, height, label, children }: PanZoomProps) {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 800, height: 500 })
  const [moved, setMoved] = useState<Eye>()
  const grabbed = useRef<{ x: number; y: number; eye: Eye } | undefined>(undefined)
  const atMost = FIT_AT_MOST * useLetterScale()
  const fit: Eye = {
    x: width / 2,
    y: height / 2,
    zoom: Math.min(atMost, size.width / Math.max(1, width), size.height / Math.max(1, height)),
  }
  const eye = moved ?? fit
  const latest = useRef(eye)
  useEffect(() => {
    latest.current = eye
  })

  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(element)
    // React's own wheel listeners are passive, and could not keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const rect = element.getBoundingClientRect()
      const from = latest.current
      const zoom = bounded(from.zoom * Math.exp(-event.deltaY * 0.0015))
      // What is under the pointer stays there.
      const dx = event.clientX - rect.left - rect.width / 2
      const dy = event.clientY - rect.top - rect.height / 2
      setMoved({
        zoom,
        x: from.x + dx / from.zoom - dx / zoom,
        y: from.y + dy / from.zoom - dy / zoom,
      })
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      observer.disconnect()
      element.removeEventListener('wheel', onWheel)
    }
  }, [])

  // What the keyboard comes to is seen, wherever the drawing was dragged.
  const lookAt = (event: FocusEvent) => {
    const room = box.current?.getBoundingClientRect()
    const at = event.target.getBoundingClientRect()
    if (!room || !event.target.matches(':focus-visible')) return
    const sees =
      at.left >= room.left &&
      at.right <= room.right &&
      at.top >= room.top &&
      at.bottom <= room.bottom
    if (sees) return
    setMoved({
      zoom: eye.zoom,
      x: eye.x + ((at.left + at.right) / 2 - (room.left + room.right) / 2) / eye.zoom,
      y: eye.y + ((at.top + at.bottom) / 2 - (room.top + room.bottom) / 2) / eye.zoom,
    })
  }
  const zoomBy = (factor: number) => setMoved({ ...eye, zoom: bounded(eye.zoom * factor) })
  const drag = (event: PointerEvent) => {
    const from = grabbed.current
    if (!from) return
    setMoved({
      zoom: from.eye.zoom,
      x: from.eye.x - (event.clientX - from.x) / from.eye.zoom,
      y: from.eye.y - (event.clientY - from.y) / from.eye.zoom,
    })
  }
  const view = `${eye.x - size.width / eye.zoom / 2} ${eye.y - size.height / eye.zoom / 2} ${size.width / eye.zoom} ${size.height / eye.zoom}`
  return (
    <div ref={box} className="relative min-h-0 min-w-0 flex-1 overflow-hidden bg-bg">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a drawing */}
      <svg
        role="group"
        aria-label={label}
        viewBox={view}
        width="100%"
        height="100%"
        className="block cursor-grab touch-none select-none active:cursor-grabbing"
        onFocus={lookAt}
        onPointerDown={(event) => {
          if (event.button !== 0 || (event.target as Element).closest('[role="button"]')) return
          event.currentTarget.setPointerCapture(event.pointerId)
          grabbed.current = { x: event.clientX, y: event.clientY, eye }
        }}
        onPointerMove={drag}
        onPointerUp={() => {
          grabbed.current = undefined
        }}
        onPointerCancel={() => {
          grabbed.current = undefined
        }}
      >
        {children}
      </svg>
      <div className="absolute right-3 bottom-3 flex gap-1 rounded-lg border border-line bg-panel p-0.5">
        <IconButton label="Nearer" size="sm" onClick={() => zoomBy(STEP)}>
          <Plus />
        </IconButton>
        <IconButton label="Farther" size="sm" onClick={() => zoomBy(1 / STEP)}>
          <Minus />
        </IconButton>
        <IconButton label="See all of it" size="sm" onClick={() => setMoved(undefined)}>
          <Maximize />
        </IconButton>
      </div>
    </div>
  )
}

function bounded(zoom: number): number {
  return Math.min(NEAREST, Math.max(FARTHEST, zoom))
}
