export const metadata = { title: 'Board' }

/** The layout shows the board. */
export default function BoardPage() {
  return null
}
