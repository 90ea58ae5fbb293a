import { notFound } from 'next/navigation'
import { Gallery } from './gallery'

export const metadata = { title: 'Primitives' }

/** Every primitive in every state, to keep them honest. Only while developing. */
export default function PrimitivesPage() {
  if (process.env.NODE_ENV === 'production') notFound()
  return <Gallery />
}
