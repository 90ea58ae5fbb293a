import { Skeleton } from '../ui/skeleton'

const TILES = Array.from({ length: 10 }, (_, index) => `tile-${index}`)

/** Stands where the board will be, in its measures. */
export function BoardSkeleton() {
  return (
    <div role="status" aria-label="The board is on its way" className="flex-1 overflow-hidden px-4">
      {['first', 'second'].map((group) => (
        <div key={group} className="grid gap-2 pt-3">
          <Skeleton className="h-4 w-64" />
          <div className="grid grid-cols-[repeat(auto-fill,minmax(172px,1fr))] gap-2">
            {TILES.map((tile) => (
              <Skeleton key={tile} className="h-18 rounded-lg" />
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}
