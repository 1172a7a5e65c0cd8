package main

import (
	"themeday/storage"
	"themeday/templates/paper"
)

// Documents show pictures as they were drawn when they came; those that an older version kept as they came are drawn now. Nothing else of a
// picture leaves the house.

// photosOf gives the pictures that are kept beside the database, by their ids.
func photosOf(c Config) paper.Photos { return storage.Pictures{Dir: picturesBeside(c.Database)}.Shown }

// thumbs gives their thumbnails; nil where there is none to show.
func thumbs(c Config) func(id string) []byte {
	kept := storage.Pictures{Dir: picturesBeside(c.Database)}
	return func(id string) []byte {
		small, err := kept.Thumb(id)
		if err != nil {
			return nil
		}
		return small
	}
}
