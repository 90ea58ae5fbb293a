import { ConsensusRoom } from '@/components/consensus/consensus-room'

export const metadata = { title: 'Consensus' }

export default function ConsensusPage() {
  return <ConsensusRoom />
}
