const TRACKS = [
  'M-20 180H380l90-70h900',
  'M-20 240H560l80-60h800',
  'M-20 520H300l120 90h1000',
  'M-20 600H700l90-70h700',
]
const STATIONS = [
  [470, 110],
  [640, 180],
  [420, 610],
  [790, 530],
] as const

/** The panel in the dark, behind the door; its tracks light up when it opens. */
export function SignInTracks({ lit }: { lit: boolean }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 1200 720"
      preserveAspectRatio="xMidYMid slice"
      className="absolute inset-0 size-full"
      fill="none"
      strokeWidth="2"
    >
      {TRACKS.map((path) => (
        <path
          key={path}
          d={path}
          className="transition-[stroke] duration-500"
          stroke={lit ? 'var(--ivory)' : 'var(--soft)'}
        />
      ))}
      {STATIONS.map(([x, y]) => (
        <circle
          key={`${x}`}
          cx={x}
          cy={y}
          r="5"
          className="transition-[stroke] duration-500"
          fill="var(--bg)"
          stroke={lit ? 'var(--active)' : 'var(--line)'}
        />
      ))}
    </svg>
  )
}
