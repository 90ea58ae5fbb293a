import { CopyButton } from '../ui/copy-button'
import { type ConnectPlace, connectLines, exportLines } from './connect-lines'
import { TrackDiagram } from './track-diagram'

interface ConnectFirstProps {
  redis: ConnectPlace
  /** Redis asks for a password. */
  hasPassword: boolean
  namespace: string | undefined
  /** A file that holds all of it, where the launcher wrote one. */
  envFile: string | undefined
}

/** An empty board says how to connect the first coordinator, in lines to copy. */
export function ConnectFirst({ redis, hasPassword, namespace, envFile }: ConnectFirstProps) {
  const byHand = [
    ...exportLines(redis),
    ...(hasPassword ? ['export REDIS_PASSWORD=…'] : []),
    'export BLOCKING_COORDINATION_SECRET=…   # the one that this server was started with',
  ].join('\n')
  const byFile = `# where Redis is, its password and BLOCKING_COORDINATION_SECRET stand in it
node --env-file=${envFile} my-first-coordinator.js`
  const program = `${connectLines(redis)}

const me = new BlockingCoordinationManager({
  redisClient,
  coordinatorId: 'my-first-coordinator',
  swarmId: 'my-swarm',${namespace === undefined ? '' : `\n  namespace: '${namespace}',`}
  hmacSecret: process.env.BLOCKING_COORDINATION_SECRET,
})
await me.recordActivity('loop-3-work', 1)   // it stands on the board from here on`
  return (
    <div className="mx-auto grid w-full max-w-180 grid-cols-[minmax(0,1fr)] gap-5 px-4 py-8">
      <div className="flex items-center gap-4 opacity-70" aria-hidden inert>
        <TrackDiagram
          track={{
            swarmId: 'nobody',
            stations: [
              { loop: 3, name: 'Loop 3', state: 'ahead' },
              { loop: 2, name: 'Loop 2 consensus', state: 'ahead' },
              { loop: 4, name: 'Loop 4 decision', state: 'ahead' },
            ],
          }}
        />
      </div>
      <div className="grid gap-1.5 text-center">
        <h2 className="text-xl font-semibold tracking-tight">No coordinator has called yet</h2>
        <p className="text-md text-balance text-mute">
          Any program that imports the library and knows Redis and the secret appears here by
          itself, within a second.
        </p>
      </div>
      <Snippet title="In its shell" text={envFile === undefined ? byHand : byFile} />
      <Snippet title="In its code" text={program} />
    </div>
  )
}

function Snippet({ title, text }: { title: string; text: string }) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-xl border border-line bg-panel">
      <figcaption className="flex items-center justify-between border-b border-soft py-1 pr-2 pl-4 text-sm text-faint">
        {title}
        <CopyButton text={text} label={`Copy: ${title.toLowerCase()}`} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="overflow-x-auto px-4 py-3 text-sm/[1.6] text-ink">
        {text}
      </pre>
    </figure>
  )
}
