// @ts-check
// `npm start`: the control room as it was built.
import { launch } from './launch.mjs'

await launch(process.argv.slice(2), { mode: 'start' })
