/** Two tracks and a lit point: the sign of the house. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 28 28" fill="none" aria-hidden className={className}>
      <path d="M2.5 19.5h23" stroke="var(--edge)" strokeWidth="2" strokeLinecap="round" />
      <path
        d="M2.5 19.5H10l7.2-9.5h8.3"
        stroke="var(--ivory)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle
        cx="17.2"
        cy="10"
        r="3.2"
        fill="var(--active)"
        className="text-active [filter:drop-shadow(0_0_calc(var(--glow)*4px)_color-mix(in_oklab,currentColor_70%,transparent))]"
      />
    </svg>
  )
}
