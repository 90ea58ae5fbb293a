import { useEffect, useRef, useState } from 'react'
import type { GraphShape, PlacedGraph } from './lay-out-graph'

/**
 * Where everything of a graph goes; undefined until that is known for the first time. While a new
 * shape is laid out the last drawing stays, and of several that come meanwhile only the newest counts.
 *
 * @throws while rendering, when the layout failed
 */
export function usePlacedGraph(shape: GraphShape): PlacedGraph | undefined {
  const [placed, setPlaced] = useState<PlacedGraph>()
  const [failed, setFailed] = useState<Error>()
  const wanted = useRef(shape)
  const layOut = useRef(() => {})

  useEffect(() => {
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
    let underWay: GraphShape | undefined
    layOut.current = () => {
      if (underWay !== undefined) return
      underWay = wanted.current
      worker.postMessage(underWay)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<PlacedGraph>) => {
      setPlaced(data)
      const isNewest = underWay === wanted.current
      underWay = undefined
      if (!isNewest) layOut.current()
    })
    worker.addEventListener('error', ({ message }) => {
      setFailed(new Error(message || 'the drawing could not be loaded'))
    })
    return () => {
      layOut.current = () => {}
      worker.terminate()
    }
  }, [])

  useEffect(() => {
    wanted.current = shape
    layOut.current()
  }, [shape])

  if (failed) throw failed
  return placed
}
