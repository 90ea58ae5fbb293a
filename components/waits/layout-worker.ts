// Lays graphs out beside the page: a tangled one takes a second, in which nobody could press anything.
import { type GraphShape, layOutGraph } from './lay-out-graph'

addEventListener('message', ({ data }: MessageEvent<GraphShape>) => {
  postMessage(layOutGraph(data))
})
