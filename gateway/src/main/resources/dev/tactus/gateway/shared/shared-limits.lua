-- Decides on one request by all limits of an application, or none: one trip, the store's own clock.
-- KEYS: the application and, where it has one, its organization, each with a hash tag. ARGV: ten for each limit: name,
-- kind, permits, window (microseconds), burst, cost, shadow (1), counts refused requests (1), whose it is (1 or 2), and
-- what is owed: charged whether there is room or not, what is beyond it taking permits as they come back.
-- Answers five numbers for each limit: had no room (1), remaining, microseconds until there is room for this request,
-- until remaining rises, until all is free again.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local limits = {}
local refused = false

-- A key lives as long as anything of it counts, and never less than it did.
local function keep(key, micros)
  local ms = math.ceil(micros / 1000) + 1000
  if redis.call('PTTL', key) < ms then redis.call('PEXPIRE', key, ms) end
end

-- How many windows it takes until so much is paid.
local function windows(debt, permits)
  return math.ceil(math.max(0, debt) / permits)
end

local function bucket(key, per, most)
  local tat = tonumber(redis.call('GET', key) or '0')
  if tat < now then tat = now end
  return tat
end

for i = 0, #ARGV / 10 - 1 do
  local at = i * 10
  local one = {
    kind = ARGV[at + 2], permits = tonumber(ARGV[at + 3]), window = tonumber(ARGV[at + 4]),
    burst = tonumber(ARGV[at + 5]), cost = tonumber(ARGV[at + 6]),
    shadow = ARGV[at + 7] == '1', counted = ARGV[at + 8] == '1', owes = tonumber(ARGV[at + 10]),
    full = false, wait = 0
  }
  one.whose = KEYS[tonumber(ARGV[at + 9])]
  one.key = one.whose .. ':' .. ARGV[at + 1] .. ':' .. one.kind
  if one.kind == 'SLIDING' then
    redis.call('ZREMRANGEBYSCORE', one.key, '-inf', now - one.window)
    one.used = redis.call('ZCARD', one.key)
    one.most = one.permits
    local over = one.used + one.cost - one.permits
    if one.cost > 0 and over > 0 then
      one.full = true
      local last = redis.call('ZRANGE', one.key, over - 1, over - 1, 'WITHSCORES')
      one.wait = tonumber(last[2]) + one.window - now
    end
  elseif one.kind == 'FIXED' or one.kind == 'FIXED_FROM_FIRST' then
    local seen = tonumber(redis.call('HGET', one.key, 'start') or '-1')
    one.used = tonumber(redis.call('HGET', one.key, 'used') or '0')
    one.owed = tonumber(redis.call('HGET', one.key, 'owed') or '0')
    one.start = seen
    if seen < 0 or now >= seen + one.window then
      local passed = math.floor((now - seen) / one.window)
      local left = seen < 0 and 0 or math.max(0, one.owed - (passed - 1) * one.permits)
      one.used = math.min(left, one.permits)
      one.owed = left - one.used
      if one.used > 0 then
        one.start = seen + passed * one.window
        redis.call('HSET', one.key, 'start', one.start, 'used', one.used, 'owed', one.owed)
      else
        one.start = one.kind == 'FIXED' and math.floor(now / one.window) * one.window or now
      end
    end
    one.most = one.permits
    if one.cost > 0 and one.used + one.cost > one.permits then
      one.full = true
      one.wait = one.start + one.window * (1 + windows(one.owed + one.cost - one.permits, one.permits)) - now
    end
  else
    one.most = one.kind == 'SPACING' and 1 or one.burst
    one.per = one.window / one.permits
    one.tat = bucket(one.key)
    one.used = math.ceil((one.tat - now) / one.per - 1e-6)
    local beyond = one.tat + one.cost * one.per - now - one.most * one.per
    if one.cost > 0 and beyond > 1e-3 then
      one.full = true
      one.wait = math.ceil(beyond)
    end
  end
  if one.full and not one.shadow then refused = true end
  limits[i + 1] = one
end

local answer = {}
for _, one in ipairs(limits) do
  local charged = one.cost
  if (refused and not one.counted) or (not refused and one.full) then charged = 0 end
  if charged > 0 then
    if one.kind == 'SLIDING' then
      local last = redis.call('INCRBY', one.whose .. ':seq', charged)
      for n = last - charged + 1, last do redis.call('ZADD', one.key, now, n) end
      redis.call('ZREMRANGEBYRANK', one.key, 0, -(one.permits + 1))
      keep(one.key, one.window)
      redis.call('PEXPIRE', one.whose .. ':seq', 86400000 * 366)
      one.used = math.min(one.used + charged, one.permits)
    elseif one.start then
      one.used = math.min(one.used + charged, one.permits)
      redis.call('HSET', one.key, 'start', one.start, 'used', one.used, 'owed', one.owed)
      keep(one.key, one.window)
    else
      one.tat = math.max(one.tat, math.min(one.tat + charged * one.per, now + one.most * one.per))
      one.used = math.ceil((one.tat - now) / one.per - 1e-6)
      redis.call('SET', one.key, string.format('%.3f', one.tat), 'PX', math.ceil((one.tat - now) / 1000) + 1000)
    end
  end
  if one.owes > 0 then
    if one.kind == 'SLIDING' then
      local last = redis.call('INCRBY', one.whose .. ':seq', one.owes)
      local score = now
      for n = last - one.owes + 1, last do
        if one.used >= one.permits then
          local at = one.used - one.permits
          score = tonumber(redis.call('ZRANGE', one.key, at, at, 'WITHSCORES')[2]) + one.window
        end
        redis.call('ZADD', one.key, string.format('%.0f', score), n)
        one.used = one.used + 1
      end
      keep(one.key, score + one.window - now)
      redis.call('PEXPIRE', one.whose .. ':seq', 86400000 * 366)
    elseif one.start then
      local room = math.min(one.owes, math.max(0, one.permits - one.used))
      one.used = one.used + room
      one.owed = one.owed + one.owes - room
      redis.call('HSET', one.key, 'start', one.start, 'used', one.used, 'owed', one.owed)
      keep(one.key, one.window * (1 + windows(one.owed, one.permits)))
    else
      one.tat = math.max(one.tat, now) + one.owes * one.per
      one.used = math.ceil((one.tat - now) / one.per - 1e-6)
      redis.call('SET', one.key, string.format('%.3f', one.tat), 'PX', math.ceil((one.tat - now) / 1000) + 1000)
    end
  end
  local next, free = 0, 0
  if one.used > 0 then
    if one.kind == 'SLIDING' then
      local at = math.max(0, one.used - one.permits)
      local first = redis.call('ZRANGE', one.key, at, at, 'WITHSCORES')
      local last = redis.call('ZRANGE', one.key, -1, -1, 'WITHSCORES')
      next = tonumber(first[2]) + one.window - now
      free = tonumber(last[2]) + one.window - now
    elseif one.start then
      free = one.start + one.window * (1 + windows(one.owed, one.permits)) - now
      next = one.start + one.window * (1 + windows(one.owed + 1 - one.permits, one.permits)) - now
    else
      free = math.ceil(one.tat - now)
      next = math.ceil(one.tat - now - (math.min(one.used, one.most) - 1) * one.per)
    end
  end
  answer[#answer + 1] = one.full and 1 or 0
  answer[#answer + 1] = math.max(0, one.most - one.used)
  answer[#answer + 1] = math.max(0, one.wait)
  answer[#answer + 1] = math.max(0, next)
  answer[#answer + 1] = math.max(0, free)
end
return answer
