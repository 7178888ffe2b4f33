/** What the tasks of trip.json call. The hotel is full, so the workflow looks for another bed. */
export const flight = async (city: string): Promise<number> => later(city.length * 20)

export async function hotel(city: string): Promise<number> {
  await later(0)
  throw new Error(`no room left in ${city}`)
}

export const hostel = (_city: string, nights: number): Promise<number> => later(nights * 35)

export const total = (flight: number, bed: number): number => flight + bed

export const isDear = (price: number): boolean => price > 200

export const lessTenth = (price: number): number => price * 0.9

function later<T>(value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, 10, value))
}
