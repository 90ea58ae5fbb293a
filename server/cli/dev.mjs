// @ts-check
// `npm run dev`: the control room from its sources, started again when the server's change.
import { launch } from './launch.mjs'

await launch(process.argv.slice(2), { mode: 'dev' })
