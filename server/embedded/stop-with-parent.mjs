// @ts-check
import { spawn } from 'node:child_process'

/**
 * Ends a process (or its whole group) when this one is gone, even by kill -9, which no handler of
 * ours would see. A shell waits on a pipe that only this process holds open: the kernel closes it.
 *
 * @param {number} pid
 * @param {object} [options]
 * @param {boolean} [options.group] `pid` leads a process group: end all of it
 * @param {number} [options.graceSeconds] after which SIGTERM becomes SIGKILL
 * @param {string} [options.remove] a folder to delete afterwards
 * @returns {() => void} takes the watch back, once the process has ended otherwise
 */
export function stopWithParent(pid, { group = false, graceSeconds = 5, remove = '' } = {}) {
  const script = `read -r _
    kill -s TERM -- "$1" 2>/dev/null
    i=0; while [ $i -lt ${graceSeconds * 10} ] && kill -s 0 -- "$1" 2>/dev/null; do sleep 0.1; i=$((i+1)); done
    kill -s KILL -- "$1" 2>/dev/null
    if [ -n "$2" ]; then rm -rf -- "$2"; fi`
  const guard = spawn('sh', ['-c', script, 'sh', group ? `-${pid}` : `${pid}`, remove], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A group of its own: Ctrl-C in the terminal must not take the guard first.
    detached: true,
  })
  guard.on('error', () => {})
  guard.unref()
  const pipe = /** @type {import('node:net').Socket} */ (guard.stdin)
  pipe.on('error', () => {})
  pipe.unref()
  return () => {
    guard.kill('SIGKILL')
  }
}
