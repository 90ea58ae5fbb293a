// Starts the program as the launcher does; tests kill this process.
import path from 'node:path'
import { startProgram } from '../../../server/cli/start-program.mjs'

const started = await startProgram({
  name: 'The program',
  args: [path.join(import.meta.dirname, 'program.fixture.mjs')],
  env: process.env,
})
console.log(started.ready.url)
