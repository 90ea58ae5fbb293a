--- @include "includes/keys"
-- Who holds an id's place now: the end of its chain of replacements. The chain belongs to one life of
-- each id: a new life under an old name has no `replacedBy`.
local function holder(id)
  -- A chain is as long as escalations that followed each other; the bound guards against a damaged one.
  for _ = 1, 1000 do
    local next = redis.call('HGET', k_coordinator(id), 'replacedBy')
    if not next then return id end
    id = next
  end
  return id
end
