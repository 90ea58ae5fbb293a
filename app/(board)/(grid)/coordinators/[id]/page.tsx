import type { Metadata } from 'next'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) }
}

/** The layout shows the board, and the frame opens the drawer that the address names. */
export default function CoordinatorPage() {
  return null
}
