'use client'

import { ArrowDownWideNarrow, Bookmark, Grid2x2, Grid3x3, LayoutGrid } from 'lucide-react'
import { useMay } from '../live/session-context'
import { IconButton } from '../ui/icon-button'
import { onDemand, type ReachProps } from '../ui/on-demand'
import { Segmented } from '../ui/segmented'
import type { BoardState, Density, Grouping } from './board-url'
import { FilterBox } from './filter-box'
import { FilteredButton } from './filtered-button'
import type { FilteredMenuProps } from './filtered-menu'

interface SavedViewsProps {
  state: BoardState
  onOpen: (view: BoardState) => void
}

function SavedViewsButton({ onPointerEnter, onFocus, onClick }: SavedViewsProps & ReachProps) {
  return (
    <IconButton label="Saved views" {...{ onPointerEnter, onFocus, onClick }}>
      <Bookmark />
    </IconButton>
  )
}

const SavedViews = onDemand<SavedViewsProps>(SavedViewsButton, () =>
  import('./saved-views').then((it) => it.default),
)

function FilteredMenuButton({
  shown,
  onPointerEnter,
  onFocus,
  onClick,
}: FilteredMenuProps & ReachProps) {
  return <FilteredButton shown={shown} {...{ onPointerEnter, onFocus, onClick }} />
}

const FilteredMenu = onDemand<FilteredMenuProps>(FilteredMenuButton, () =>
  import('./filtered-menu').then((it) => it.default),
)

interface BoardToolbarProps {
  state: BoardState
  error: string | undefined
  shown: number
  total: number
  /** Everybody whom the filter shows, for acting on all of them. */
  shownIds: () => readonly string[]
  onChange: (change: Partial<BoardState>, how?: 'push' | 'replace') => void
}

/** What is shown, how it is grouped, how densely, and in which order. */
export function BoardToolbar({
  state,
  error,
  shown,
  total,
  shownIds,
  onChange,
}: BoardToolbarProps) {
  const may = useMay('operator')
  const worst = state.order === 'worst'
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 px-4 pt-3 pb-1">
      <div className="flex min-w-52 flex-1 items-center gap-1 md:max-w-118">
        <FilterBox
          value={state.filter}
          error={error}
          onChange={(filter) => onChange({ filter }, 'replace')}
        />
        <SavedViews state={state} onOpen={(view) => onChange(view)} />
      </div>
      <Segmented<Grouping>
        label="Group by"
        value={state.grouping}
        onChange={(grouping) => onChange({ grouping })}
        options={[
          { value: 'swarm', label: 'Swarm' },
          { value: 'loop', label: 'Loop' },
          { value: 'status', label: 'Status' },
        ]}
      />
      <Segmented<Density>
        label="Density"
        value={state.density}
        onChange={(density) => onChange({ density })}
        options={[
          { value: 'card', label: <LayoutGrid aria-hidden />, title: 'Cards' },
          { value: 'compact', label: <Grid2x2 aria-hidden />, title: 'Compact' },
          { value: 'lamp', label: <Grid3x3 aria-hidden />, title: 'Lamps' },
        ]}
      />
      <IconButton
        label="Worst first"
        pressed={worst}
        onClick={() => onChange({ order: worst ? 'name' : 'worst' })}
      >
        <ArrowDownWideNarrow />
      </IconButton>
      {state.filter !== '' && (
        <>
          <span className="text-xs text-faint" role="status">
            {shown.toLocaleString('en')} of {total.toLocaleString('en')}
          </span>
          {may && shown > 0 && <FilteredMenu shown={shown} shownIds={shownIds} />}
        </>
      )}
    </div>
  )
}
