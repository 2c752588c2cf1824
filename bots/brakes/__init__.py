"""What moderators are told of brakes and of what rules matched."""
