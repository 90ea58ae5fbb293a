'use client'

import { BulkMenu } from './bulk-menu'
import { FilteredButton } from './filtered-button'

export interface FilteredMenuProps {
  shown: number
  /** Everybody whom the filter shows. */
  shownIds: () => readonly string[]
}

/** What can be done to everybody whom the filter shows, as it shows them when the menu is used. */
export default function FilteredMenu({
  shown,
  shownIds,
  defaultOpen,
}: FilteredMenuProps & { defaultOpen: boolean }) {
  return (
    <BulkMenu ids={shownIds} defaultOpen={defaultOpen} trigger={<FilteredButton shown={shown} />} />
  )
}
