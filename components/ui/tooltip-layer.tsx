'use client'

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Kbd } from './kbd'

const DELAY_MS = 350
const AWAY_PX = 6
const EDGE_PX = 8

interface Shown {
  text: string
  keys: string | undefined
  over: HTMLElement
}

/**
 * The page's one tooltip: it listens for everything that carries `data-tip`. One for all costs
 * nothing per button, and a board has hundreds. What it says is the element's label already, so it
 * is nothing to screen readers.
 */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown>()
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const hide = () => {
      clearTimeout(timer)
      setShown(undefined)
    }
    const show = (target: EventTarget | null, delay: number) => {
      const over = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
      clearTimeout(timer)
      if (over === null || over.dataset.state === 'open') return setShown(undefined)
      timer = setTimeout(() => {
        const { tip, tipKey } = over.dataset
        if (over.isConnected && tip) setShown({ text: tip, keys: tipKey, over })
      }, delay)
    }
    const onOver = (event: PointerEvent) => {
      if (event.pointerType === 'mouse') show(event.target, DELAY_MS)
    }
    const onFocus = (event: FocusEvent) => {
      // Only where the focus is seen: a press of the mouse needs no explanation.
      if (event.target instanceof Element && event.target.matches(':focus-visible'))
        show(event.target, 0)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    document.addEventListener('pointerover', onOver)
    document.addEventListener('pointerdown', hide)
    document.addEventListener('focusin', onFocus)
    document.addEventListener('focusout', hide)
    document.addEventListener('keydown', onKey)
    document.addEventListener('scroll', hide, true)
    return () => {
      hide()
      document.removeEventListener('pointerover', onOver)
      document.removeEventListener('pointerdown', hide)
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('focusout', hide)
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('scroll', hide, true)
    }
  }, [])

  useLayoutEffect(() => {
    const element = box.current
    if (!element || !shown) return
    const over = shown.over.getBoundingClientRect()
    const { width, height } = element.getBoundingClientRect()
    const above = over.top - height - AWAY_PX
    const left = over.left + over.width / 2 - width / 2
    element.style.top = `${above >= EDGE_PX ? above : over.bottom + AWAY_PX}px`
    element.style.left = `${Math.max(EDGE_PX, Math.min(window.innerWidth - width - EDGE_PX, left))}px`
    element.style.visibility = 'visible'
  }, [shown])

  if (!shown) return null
  return (
    <div
      ref={box}
      aria-hidden
      className="pointer-events-none invisible fixed z-60 flex max-w-72 items-center gap-2 rounded-md border border-line bg-raise px-2 py-1.5 text-sm text-ink shadow-float"
    >
      {shown.text}
      {shown.keys && <Kbd>{shown.keys}</Kbd>}
    </div>
  )
}
