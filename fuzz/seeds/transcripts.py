"""WebVTT with and without times of words, SubRip, Whisper's JSON, an annotation."""
import json

CUES = "{0}00:00:01{1}000 --> 00:00:03{1}500\n{2}\n\n"


def seeds():
    yield "vtt", b"\0" + ("WEBVTT\n\n" + CUES.format("", ".", "<v A>a <00:00:01.500><c>dog</c> begs")).encode()
    yield "srt", b"\1" + (CUES.format("1\n", ",", "<i>a dog</i> begs") + CUES.format("2\n", ",", "and barks")).encode()
    word = {"word": " a", "start": 0.5, "end": 0.7}
    yield "whisper", b"\2" + json.dumps({"segments": [{"start": 0, "end": 2, "text": "a dog", "words": [word]},
                                                     {"start": 2, "end": 3, "text": "begs"}]}).encode()
    yield "annotation", b"\3" + json.dumps({"subtitles": [{"word": "a", "time": 0}, {"word": "dgo", "time": 1}],
                                           "denoised": [{"cleanasr": "a dog"}], "info": {"duration": 2.5}}).encode()
