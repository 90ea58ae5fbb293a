import type { Remark } from '@/lib/view/consensus-groups'
import { SectionHeader } from '../ui/section-header'

interface RemarksListProps {
  title: string
  aside: string
  remarks: readonly Remark[]
  names: ReadonlyMap<string, string>
}

/** What validators said, each once, with everybody who said it. */
export function RemarksList({ title, aside, remarks, names }: RemarksListProps) {
  if (remarks.length === 0) return null
  return (
    <section aria-label={title} className="grid gap-2 border-t border-soft pt-3">
      <SectionHeader title={title} aside={aside} />
      <ul className="grid gap-2">
        {remarks.map((remark) => (
          <li
            key={remark.text}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-3 text-base text-ink"
          >
            {remark.text}
            <span
              className="max-w-28 truncate text-right text-xs text-faint"
              title={remark.by.join(', ')}
            >
              {remark.by.map((it) => names.get(it) ?? it).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
