import { Skeleton } from '../ui/skeleton'

const TILES = Array.from({ length: 10 }, (_, index) => `tile-${index}`)

/** Stands where the board will be, in its measures. */
export function BoardSkeleton() {
  return (
    <div role="status" aria-label="The board is on its way" className="flex-1 overflow-hidden px-4">
      {['first', 'second'].map((group) => (
        <div key={group} className="grid pb-3">
          <div className="flex h-10 items-center">
            <Skeleton className="h-4 w-64" />
          </div>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(11.25rem,1fr))] gap-2">
            {TILES.map((tile) => (
              <Skeleton key={tile} className="h-18 rounded-lg" />
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}
