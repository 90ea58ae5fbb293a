// A program with a child of its own, as the control room has: it says the child's pid on stderr,
// leaves it alone when told to end, and is ready by one line.
import { spawn } from 'node:child_process'

const [how = 'ready'] = process.argv.slice(2)
if (how === 'broken') {
  console.error('the disk is on fire')
  process.exit(3)
}
const child = spawn('sleep', ['600'], { stdio: 'ignore' })
if (how === 'stubborn') process.on('SIGTERM', () => {})
console.log('an ordinary line')
console.log(JSON.stringify({ ready: true, url: `pid:${child.pid}` }))
setInterval(() => {}, 60_000)
